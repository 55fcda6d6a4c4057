"""The reading room: points out of any table that people have, and back into one. Knows no session and no web."""
