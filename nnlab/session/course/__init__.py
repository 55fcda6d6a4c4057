"""How a session got where it is: moments to go back to, the series, the edits, the stops."""
