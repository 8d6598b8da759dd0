# Generated from facade/amlrest/_async/__init__.py by `python codegen.py generate`; edit the async source.
"""The collections of a workspace and the I/O below them: all of the I/O of the facade."""
