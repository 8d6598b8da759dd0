"""One engine for every operation of the pinned document."""
