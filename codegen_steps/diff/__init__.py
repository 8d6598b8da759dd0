"""Changes between two pinned documents."""
