"""Databases: one SQLite file, or PostgreSQL, behind the same few methods. The same SQL goes to both.

An object-relational library is not among what is needed: see docs/cluster.md for what it would cost.
"""

from nnlab.database.database import Database
from nnlab.database.errors import StoreError

__all__ = ["Database", "StoreError"]
