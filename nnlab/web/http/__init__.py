"""What every request meets: bodies, errors, compression, security, the servers."""
