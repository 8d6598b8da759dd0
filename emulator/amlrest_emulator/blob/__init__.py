"""Blob endpoint of the local workspace: the block blob part of the Blob service REST API.

https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
"""

from amlrest_emulator.blob.content import chunks, load_file, move_file, store_bytes, store_file
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.sas import Account, container_query, read_url_query
from amlrest_emulator.blob.service import BlobService
from amlrest_emulator.blob.store import BlobStore

__all__ = [
    "Account",
    "BlobError",
    "BlobService",
    "BlobStore",
    "chunks",
    "container_query",
    "load_file",
    "move_file",
    "read_url_query",
    "store_bytes",
    "store_file",
]
