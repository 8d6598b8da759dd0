"""Entry point of `python -m amlrest`, the same as the `amlrest` command."""

import sys

from amlrest.cli import main

sys.exit(main())
