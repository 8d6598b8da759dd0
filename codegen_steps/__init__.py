"""Steps of `codegen.py`."""
