"""Rooms in the web process: who asks, what students' sessions are told, what everybody is shown."""
