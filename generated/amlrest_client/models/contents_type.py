# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ContentsType."""

from __future__ import annotations

from enum import StrEnum


class ContentsType(StrEnum):
    """Open enum: the service may send and accept other values."""

    AZURE_BLOB = "AzureBlob"
    AZURE_DATA_LAKE_GEN_1 = "AzureDataLakeGen1"
    AZURE_DATA_LAKE_GEN_2 = "AzureDataLakeGen2"
    AZURE_FILE = "AzureFile"
    AZURE_MY_SQL = "AzureMySql"
    AZURE_POSTGRE_SQL = "AzurePostgreSql"
    AZURE_SQL_DATABASE = "AzureSqlDatabase"
    GLUSTER_FS = "GlusterFs"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
