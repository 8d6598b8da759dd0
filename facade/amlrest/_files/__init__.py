"""Files: ignore rules, snapshots, transfers and blob targets."""
