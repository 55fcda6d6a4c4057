"""Rooms, without processes and HTTP."""
