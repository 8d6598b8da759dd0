"""Engine for the operations of the pinned document."""
