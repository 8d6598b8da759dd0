"""YAML files: read and write resources, in the dialects ``v2`` and ``2021``.

``v2`` is what today's ``az ml`` reads, ``2021`` what the CLI 2.0 preview read (schemas of August
2021). The keys of a kind of file are derived from the attributes of its class; its table declares
the differences. Reading and writing use the same table. An error has a line for each problem of the
file, with file, line, column and key.
"""

from amlrest.jobfile.files import dump, dumps, has_form, load, loads, open_file
from amlrest.jobfile.problems import FileError, Problem
from amlrest.jobfile.reading import Deployed, Reading

__all__ = [
    "Deployed",
    "FileError",
    "Problem",
    "Reading",
    "dump",
    "dumps",
    "has_form",
    "load",
    "loads",
    "open_file",
]
