# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ContentsType."""

from __future__ import annotations

from enum import StrEnum


class ContentsType(StrEnum):
    """Open: the service may send and take other values."""

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
        """Whether values that are no member may be written."""
        return True
