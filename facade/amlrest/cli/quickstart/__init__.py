"""The documented workflow, step by step, for `amlrest quickstart`."""
