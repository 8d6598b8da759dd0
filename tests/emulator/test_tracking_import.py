"""The first use of MLflow by several threads at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_AT_ONCE = """
import sys, threading
from pathlib import Path
from amlrest_emulator.tracking.loading import load_mlflow
from amlrest_emulator.tracking.store import MlflowTracking
store, failures = MlflowTracking(Path(sys.argv[1])), []
barrier = threading.Barrier(12)
def use(number):
    barrier.wait()
    try:
        if number % 3 == 0:
            store.artifacts("0" * 32)
        elif number % 3 == 1:
            load_mlflow("mlflow.server.handlers")
        else:
            store.create_run(f"job{number}", "e", "", {})
    except Exception as error:
        failures.append(repr(error))
threads = [threading.Thread(target=use, args=(number,)) for number in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failures)
"""


def test_several_threads_may_be_the_first(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _AT_ONCE, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stdout
