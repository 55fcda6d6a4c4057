"""Load measurements against a real server on this machine."""
