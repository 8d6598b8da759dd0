"""Verification that derived files are complete and up to date."""
