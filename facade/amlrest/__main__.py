"""`python -m amlrest` is the `amlrest` command."""

from amlrest.cli import main

main()
