"""The steps of `codegen.py`, one idea a module."""
