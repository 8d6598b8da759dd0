"""YAML files of the Azure ML CLI 2.0 preview (schemas of August 2021): read and write resources.

The keys of a kind of file are derived from the attributes of its class; its table declares the
differences. Reading and writing use the same table. Error messages name file, line and key.
"""

from amlrest.jobfile.files import Deployed, dump, dumps, load, loads

__all__ = ["Deployed", "dump", "dumps", "load", "loads"]
