"""Databases of the state folder: one module for each, with its tables in every version.

To change a table, append a migration to ``MIGRATIONS`` of its module; never edit an older one.
"""

from amlrest_emulator.schemas import blob_index, state_db
from amlrest_emulator.schemas.schema import Schema, UnusableFolderError

BLOB_INDEX = Schema(blob_index.APPLICATION_ID, blob_index.MIGRATIONS)
STATE_DB = Schema(state_db.APPLICATION_ID, state_db.MIGRATIONS)

__all__ = ["BLOB_INDEX", "STATE_DB", "Schema", "UnusableFolderError"]
