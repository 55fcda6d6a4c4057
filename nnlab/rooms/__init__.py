"""The classroom: who is in it, what all are to do, and what came of it.

A room is hosted like a session and reaches none: what all students are to be told stands in it, to be carried out.
"""
