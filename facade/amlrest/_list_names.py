"""Lists names for shell completion: a process of its own, which imports no command line.

    python -m amlrest._list_names FILE COLLECTION ARGUMENTS

The names in a collection of the workspace are written to a file as JSON; the arguments of
`Workspace.from_config` are JSON too. COLLECTION is such as ``jobs``, ``jobs#experiment_name`` for
another attribute than the name, and ``online_deployments/iris`` for those of an endpoint.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from itertools import islice
from pathlib import Path
from typing import Any

MAX_SECONDS = 20
"""The process ends after so many seconds, with the names that it has listed by then."""
_MOST = 500
_AT_ONCE = 100
"""The file is written again after so many names, so that the first ones are there early."""


def main(file: Path, collection: str, arguments: dict[str, Any]) -> None:
    """List the names and write the file."""
    from amlrest import Workspace
    from amlrest._part_files import write_text

    place, _, attribute = collection.partition("#")
    name, _, parent = place.partition("/")
    found: list[str] = []
    with Workspace.from_config(**arguments) as workspace:
        resources: Any = getattr(workspace, name)
        for each in islice(resources.list(*filter(None, [parent])), _MOST):
            text = getattr(each, attribute or "name", None)
            if text and text not in found:
                found.append(text)
                if len(found) % _AT_ONCE == 0:
                    write_text(file, json.dumps(found))
    write_text(file, json.dumps(found))


if __name__ == "__main__":
    signal.alarm(MAX_SECONDS)
    os.umask(0o077)
    main(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]))
