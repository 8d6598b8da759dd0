"""The `amlrest` command: parse, one facade call, render."""

from amlrest.cli.app import main

__all__ = ["main"]
