"""The commands: a module for each, which declares everything about it."""
