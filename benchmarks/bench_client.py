"""What the generated client costs, each figure beside its limit or its peer in the same run.

    python benchmarks/bench_client.py

Reading and writing a page of 1,000 command jobs is compared with `json.loads` and `json.dumps` of
the same bytes, importing with a bare interpreter, generating with a limit in seconds.
"""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
JOBS = 1000
ROUNDS = 9
RATIO_LIMIT = 3.0
GENERATION_LIMIT = 10.0
IMPORTS = {
    "amlrest_client": "import amlrest_client",
    "… .operations": "import amlrest_client.operations",
    "… .runtime": "import amlrest_client.runtime",
    "… .api.jobs.get": "import amlrest_client.api.jobs.get",
    "… .models.CommandJob": "from amlrest_client.models import CommandJob",
    "typing (peer)": "import typing",
    "httpx (peer)": "import httpx",
    "attrs (peer)": "import attrs",
}
COUNT = """
import sys, time
before = set(sys.modules)
start = time.perf_counter()
{statement}
took = time.perf_counter() - start
new = set(sys.modules) - before
models = sum(name.startswith("amlrest_client.models.") for name in new)
print(took, models, int("httpx" in new), int("attrs" in new))
"""


def job(number: int) -> dict[str, Any]:
    """A command job as the service lists it."""
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
    """Least seconds of each action over several rounds, taken in turns on a busy machine.

    The garbage collector runs between the measurements, not in them.
    """
    times: list[list[float]] = [[] for _ in actions]
    gc.disable()
    for _ in range(ROUNDS):
        for action, taken in zip(actions, times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
            gc.collect()
    gc.enable()
    return [min(taken) for taken in times]


def touch(value: Any) -> None:
    """Reads every field of everything below a value."""
    from amlrest_client._model import Model, _table

    if isinstance(value, Model):
        for name in (*_table(type(value)).fields, "additional_properties"):
            touch(getattr(value, name))
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            touch(item)


def constructed(number: int) -> Any:
    """The same job built in Python, every field set."""
    from amlrest_client.models import JobBaseResource
    from attrs import evolve

    read = JobBaseResource.from_dict(job(number))
    touch(read)
    return evolve(read, properties=evolve(read.properties))


def table(peer: str, actions: dict[str, Callable[[], object]], unlimited: str = "") -> bool:
    """Prints each action beside the first, its peer; tells whether all limits hold."""
    times = dict(zip(actions, best(*actions.values()), strict=True))
    print(f"  {peer:<48}{times[peer] * 1000:8.1f} ms")
    within = True
    for name in list(actions)[1:]:
        ratio = times[name] / times[peer]
        verdict = f"limit {RATIO_LIMIT:.0f}x  {'ok' if ratio <= RATIO_LIMIT else 'OVER'}"
        within &= ratio <= RATIO_LIMIT or name == unlimited
        shown = "" if name == unlimited else verdict
        print(f"  {name:<48}{times[name] * 1000:8.1f} ms {ratio:6.2f}x  {shown}".rstrip())
    return within


def pages() -> bool:
    """Reading and writing a page of jobs."""
    from amlrest_client.models import JobBaseResourceArmPaginatedResult as Page

    text = json.dumps({"value": [job(number) for number in range(JOBS)]}).encode()

    def used() -> Page:
        page = Page.from_dict(json.loads(text))
        touch(page)
        return page

    tree, untouched, full = json.loads(text), Page.from_dict(json.loads(text)), used()
    built = Page(value=[constructed(number) for number in range(JOBS)])
    every = "read, and every field of everything used"
    reading: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(text),
        "read": lambda: Page.from_dict(json.loads(text)),
        "read, and one field of every job used": lambda: _statuses(text),
        every: used,
    }
    writing: dict[str, Callable[[], object]] = {
        "json.dumps": lambda: json.dumps(tree, separators=(",", ":")).encode(),
        "write, as read": untouched.to_json,
        "write, as read, through to_dict": _through_dict(untouched),
        "write, after every field of everything was used": full.to_json,
        "write, built in Python": built.to_json,
    }
    print(f"Page of {JOBS} command jobs, {len(text) / 1e6:.1f} MB")
    results = [table("json.loads", reading, every), table("json.dumps", writing)]
    return all(results)


def _statuses(text: bytes) -> list[object]:
    from amlrest_client.models import JobBaseResourceArmPaginatedResult as Page

    page: Any = Page.from_dict(json.loads(text))
    return [entry.properties.status for entry in page.value]


def _through_dict(model: Any) -> Callable[[], bytes]:
    return lambda: json.dumps(model.to_dict(), separators=(",", ":")).encode()


def imports() -> bool:
    """What importing costs, each in an interpreter of its own."""
    print("Import                             time     models  httpx  attrs")
    light = True
    for name, statement in IMPORTS.items():
        took, models, httpx, attrs = min(_import(statement) for _ in range(3))
        print(f"  {name:<28}{took * 1000:7.1f} ms {models:8.0f} {httpx:6.0f} {attrs:6.0f}")
        light &= models == 0 or name.endswith("CommandJob")
    return light


def _import(statement: str) -> list[float]:
    code = COUNT.format(statement=statement)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "generated",
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]


def generation() -> bool:
    """Generating the whole client from the pinned document."""
    from codegen_steps.emit.emit import emit
    from codegen_steps.emit.lower import lower

    sys.path.insert(0, str(ROOT / "generated"))
    from amlrest_client import API_VERSION

    document = json.loads((ROOT / "spec" / API_VERSION / "openapi.json").read_bytes())
    folder = Path(tempfile.mkdtemp())
    start = time.perf_counter()
    emit(lower(document), document, folder / "amlrest_client")
    took = time.perf_counter() - start
    shutil.rmtree(folder)
    verdict = "ok" if took <= GENERATION_LIMIT else "OVER"
    print(
        f"Generation, formatted and every module imported: {took:.1f} s  limit {GENERATION_LIMIT:.0f} s  {verdict}"
    )
    return took <= GENERATION_LIMIT


def main() -> int:
    """Runs everything; the exit status says whether all limits hold."""
    sys.path[:0] = [str(ROOT), str(ROOT / "generated")]
    results = [imports(), pages(), generation()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
