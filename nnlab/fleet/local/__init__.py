"""In the web process: the local fleet, which runner has which session."""
