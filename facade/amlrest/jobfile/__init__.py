"""YAML files of the Azure ML CLI 2.0 preview (August 2021 schemas), read into resources and back.

A table for each kind of file says which key is which attribute; reading and writing both follow
it. Errors name the file, the line, the key and what to do.
"""

from amlrest.jobfile.files import Deployed, dump, dumps, load, loads

__all__ = ["Deployed", "dump", "dumps", "load", "loads"]
