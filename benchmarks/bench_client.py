"""Benchmark of the generated client: import, reading and writing JSON, generation.

    python benchmarks/bench_client.py

Reading and writing a page of 1,000 command jobs is compared with `json.loads` and `json.dumps` of
the same bytes; generation has a limit in seconds. The exit status is 1 when a bar is not met.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from results import Results

ROOT = Path(__file__).resolve().parent.parent
JOBS = 1000
ROUNDS = 9
ATOMS = frozenset({str, int, float, bool, type(None)})
RATIO_LIMIT = 3.0
EVERY_FIELD_LIMIT = 8.0
GENERATION_LIMIT = 10.0
IMPORTS = (
    "import amlrest_client",
    "import amlrest_client.operations",
    "import amlrest_client.runtime",
    "import amlrest_client.api.jobs.get",
    "from amlrest_client.models import CommandJob",
)
IMPORT_PEER = "import httpx"
TIME_IMPORT = """
import sys, time
start = time.perf_counter()
{statement}
took = time.perf_counter() - start
print(took, sum(name.startswith("amlrest_client.models.") for name in sys.modules))
"""


def job(number: int) -> dict[str, Any]:
    """Return a command job as the service lists it."""
    workspace = (
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
    )
    return {
        "id": f"{workspace}/jobs/job-{number}",
        "name": f"job-{number}",
        "type": "Microsoft.MachineLearningServices/workspaces/jobs",
        "systemData": {
            "createdBy": "someone",
            "createdByType": "User",
            "createdAt": "2021-06-01T12:00:00.1234567Z",
            "lastModifiedAt": "2021-06-01T12:34:56.7654321Z",
        },
        "properties": {
            "jobType": "Command",
            "description": f"Run {number}",
            "status": "Completed",
            "provisioningState": "Succeeded",
            "experimentName": "lightgbm-iris",
            "command": "python main.py --iris-csv {inputs.iris} --learning_rate 0.1",
            "codeId": f"{workspace}/codes/src/versions/1",
            "environmentId": f"{workspace}/environments/lightgbm/versions/1",
            "environmentVariables": {f"VARIABLE_{at}": f"value {at}" for at in range(8)},
            "inputDataBindings": {
                "iris": {"dataId": f"{workspace}/data/iris/versions/1", "mode": "Mount"}
            },
            "outputDataBindings": {
                "model": {"datastoreId": f"{workspace}/datastores/blob", "mode": "Upload"}
            },
            "compute": {"target": f"{workspace}/computes/cpu-cluster", "instanceCount": 1},
            "distribution": {"distributionType": "PyTorch", "processCount": 2},
            "identity": {"identityType": "AMLToken"},
            "interactionEndpoints": {
                "Tracking": {"jobEndpointType": "Tracking", "endpoint": "azureml://tracking"},
                "Studio": {"jobEndpointType": "Studio", "endpoint": "https://ml.azure.com/runs"},
            },
            "output": {"datastoreId": f"{workspace}/datastores/blob", "path": "outputs"},
            "priority": 1,
            "timeout": "PT2H",
            "tags": {f"tag{at}": f"value {at}" for at in range(6)},
            "properties": {f"property{at}": "x" * 40 for at in range(10)},
        },
    }


def best(*actions: Callable[[], object]) -> list[float]:
    """Return the shortest processor time of each action over several interleaved rounds.

    The garbage collector runs between measurements, not during them.
    """
    times: list[list[float]] = [[] for _ in actions]
    gc.disable()
    for _ in range(ROUNDS):
        for action, taken in zip(actions, times, strict=True):
            start = time.process_time()
            action()
            taken.append(time.process_time() - start)
            gc.collect()
    gc.enable()
    return [min(taken) for taken in times]


def touch(value: Any) -> None:
    """Read every field of a value, recursively; costs little itself."""
    if isinstance(value, list):
        items = value
    elif isinstance(value, dict):
        items = list(value.values())
    else:
        items = [getattr(value, name) for name in _names(value.__class__)]
    for item in items:
        if item.__class__ not in ATOMS:
            touch(item)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the names of all fields of a model, none of another type."""
    from attrs import fields_dict, has

    return tuple(fields_dict(kind)) if has(kind) else ()


def constructed(number: int) -> Any:
    """Return the same job built in Python, with every field set."""
    from amlrest_client.models import JobBaseResource
    from attrs import evolve

    read = JobBaseResource.from_dict(job(number))
    touch(read)
    return evolve(read, properties=evolve(read.properties))


def compare(
    results: Results,
    actions: dict[str, Callable[[], object]],
    limits: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Compare each action with the first, its peer."""
    milliseconds = [seconds * 1000 for seconds in best(*actions.values())]
    (peer, theirs), *ours = zip(actions, milliseconds, strict=True)
    for name, took in ours:
        bar = 1 / limits.get(name, RATIO_LIMIT)
        results.compare(name, took, (peer, theirs), bar, "{:.1f} ms")


def pages(results: Results) -> None:
    """Measure reading and writing a page of jobs."""
    from amlrest_client.models import JobBaseResourceArmPaginatedResult as Page

    text = json.dumps({"value": [job(number) for number in range(JOBS)]}).encode()

    def used() -> Page:
        page = Page.from_dict(json.loads(text))
        touch(page)
        return page

    tree, untouched, full = json.loads(text), Page.from_dict(json.loads(text)), used()
    built = Page(value=[constructed(number) for number in range(JOBS)])
    every = "read a page, access every field"
    reading: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(text),
        "read a page": lambda: Page.from_dict(json.loads(text)),
        "read a page, access one field per job": lambda: _statuses(text),
        every: used,
    }
    writing: dict[str, Callable[[], object]] = {
        "json.dumps": lambda: json.dumps(tree, separators=(",", ":")).encode(),
        "write a page as read": untouched.to_json,
        "write a page as read, with to_dict": _through_dict(untouched),
        "write a page after access to every field": full.to_json,
        "write a page built in Python": built.to_json,
    }
    print(f"A page of {JOBS} command jobs, {len(text) / 1e6:.1f} MB:")
    compare(results, reading, {every: EVERY_FIELD_LIMIT})
    compare(results, writing)


def _statuses(text: bytes) -> list[object]:
    from amlrest_client.models import JobBaseResourceArmPaginatedResult as Page

    page: Any = Page.from_dict(json.loads(text))
    return [entry.properties.status for entry in page.value]


def _through_dict(model: Any) -> Callable[[], bytes]:
    return lambda: json.dumps(model.to_dict(), separators=(",", ":")).encode()


def imports(results: Results) -> None:
    """Measure imports, each in a new interpreter."""
    theirs, _ = _import(IMPORT_PEER)
    for statement in IMPORTS:
        took, models = _import(statement)
        results.compare(statement, took, (IMPORT_PEER, theirs), shown="{:.1f} ms")
        if "models" not in statement:
            results.value(f"{statement}: model modules loaded", models, at_most=0)


def _import(statement: str) -> tuple[float, int]:
    """Return the shortest time of three imports in ms, and how many models were loaded."""
    command = [sys.executable, "-c", TIME_IMPORT.format(statement=statement)]
    folder = ROOT / "generated"
    outputs = [subprocess.check_output(command, cwd=folder, text=True).split() for _ in range(3)]
    took, models = min((float(took), int(models)) for took, models in outputs)
    return took * 1000, models


def generation(results: Results) -> None:
    """Measure the generation of the whole client from the pinned document."""
    from amlrest_client import API_VERSION

    from codegen_steps.emit.client_package import emit
    from codegen_steps.emit.lower import lower

    document = json.loads((ROOT / "spec" / API_VERSION / "openapi.json").read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        emit(lower(document), document, Path(folder) / "amlrest_client")
        took = time.perf_counter() - start
    name = "generate the client, format and import every module"
    results.value(name, took, "{:.1f} s", at_most=GENERATION_LIMIT)


def main() -> int:
    """Run everything; return 1 when a bar is not met."""
    sys.path[:0] = [str(ROOT), str(ROOT / "generated")]
    results = Results()
    imports(results)
    pages(results)
    generation(results)
    results.print()
    return 0 if results.met else 1


if __name__ == "__main__":
    sys.exit(main())
