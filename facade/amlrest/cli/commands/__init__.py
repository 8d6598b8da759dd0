"""The commands: a module for each, named after it, which declares everything about it."""
