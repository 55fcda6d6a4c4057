"""The numerical engine, in NumPy alone: networks, training, decision regions. Import from its modules."""
