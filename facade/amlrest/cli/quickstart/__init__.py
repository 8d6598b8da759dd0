"""The steps and the output of `amlrest quickstart`."""
