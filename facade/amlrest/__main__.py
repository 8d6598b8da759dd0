"""`python -m amlrest` is the `amlrest` command."""

import sys

from amlrest.cli import main

sys.exit(main())
