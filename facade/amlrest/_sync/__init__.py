# Generated from facade/amlrest/_async/__init__.py by `python codegen.py generate`; edit the async source.
"""The nouns and what carries them: the only place of the facade where I/O happens."""
