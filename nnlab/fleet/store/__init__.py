"""Where sessions rest: one SQLite file, its schema, who may use it, and for how long it keeps what."""

from nnlab.fleet.store.errors import LostOwnership, StoreError
from nnlab.fleet.store.store import Store

__all__ = ["LostOwnership", "Store", "StoreError"]
