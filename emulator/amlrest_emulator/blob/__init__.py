"""The Blob endpoint of the local workspace."""

from amlrest_emulator.blob.content import load_file, pieces, store_file
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.sas import Account, read_url_query
from amlrest_emulator.blob.service import BlobService
from amlrest_emulator.blob.store import BlobStore

__all__ = [
    "Account",
    "BlobError",
    "BlobService",
    "BlobStore",
    "load_file",
    "pieces",
    "read_url_query",
    "store_file",
]
