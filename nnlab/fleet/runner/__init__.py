"""In a runner process: the loop, the sessions it hosts and their commands."""
