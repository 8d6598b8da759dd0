"""The Blob endpoint of the local workspace."""

from .content import load_file, pieces, store_file
from .errors import BlobError
from .sas import Account, read_url_query
from .service import BlobService
from .store import BlobStore

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
