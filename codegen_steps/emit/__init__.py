"""Generation of Python source from a pinned document."""
