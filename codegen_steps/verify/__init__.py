"""Checks that derived files are complete and current."""
