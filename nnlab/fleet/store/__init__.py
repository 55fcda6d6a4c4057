"""Where sessions rest: one database, its schema, who may use it, and for how long it keeps what."""

from nnlab.database.errors import StoreError
from nnlab.fleet.store.errors import LostOwnership
from nnlab.fleet.store.saving import Save
from nnlab.fleet.store.store import Store

__all__ = ["LostOwnership", "Save", "Store", "StoreError"]
