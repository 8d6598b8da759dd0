"""A pinned document to Python source."""
