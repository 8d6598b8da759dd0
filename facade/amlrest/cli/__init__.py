"""The `amlrest` command line: parse arguments, call the library, print the result."""

from amlrest.cli.app import main

__all__ = ["main"]
