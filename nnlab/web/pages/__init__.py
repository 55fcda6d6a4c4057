"""The pages and their languages."""
