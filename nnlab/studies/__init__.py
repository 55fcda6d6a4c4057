"""Studies: the note's claims, each tried on many small networks and measured over seeds."""
