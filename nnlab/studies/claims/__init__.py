"""One file a claim of the note."""
