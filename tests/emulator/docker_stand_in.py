"""A stand-in for the docker client: images are files, containers are processes of this machine."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

HOME = Path(os.environ.get("DOCKER_STAND_IN", ""))
VALUED = {
    *("--name", "--label", "--network", "--user", "--workdir", "--mount", "--env", "--entrypoint"),
    *("--file", "--tag", "--format", "--filter"),
}


def parsed(arguments: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    options: dict[str, list[str]] = {}
    while arguments and arguments[0].startswith("-"):
        name = arguments.pop(0)
        options.setdefault(name, []).append(arguments.pop(0) if name in VALUED else "")
    return options, arguments


def image(name: str) -> Path:
    return HOME / "images" / name.replace("/", "_")


def run(arguments: list[str]) -> int:
    options, (name, *command) = parsed(arguments)
    assert image(name).exists(), f"Unable to find image {name}"
    variables = {"PATH": os.environ["PATH"]}
    for given in options["--env"]:
        variable, equals, value = given.partition("=")
        variables[variable] = value if equals else os.environ[variable]
    (container,) = options["--name"]
    process = subprocess.Popen(
        [*options["--entrypoint"], *command],
        cwd=options["--workdir"][0],
        env=variables | {"IMAGE": name},
        start_new_session=True,
    )
    record = HOME / "containers" / container
    record.write_text(json.dumps({"pid": process.pid, "label": options["--label"][0]}))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    record.unlink(missing_ok=True)
    return code


def build(arguments: list[str]) -> int:
    options, (context,) = parsed(arguments)
    text = Path(options["--file"][0]).read_text()
    print("building", sorted(path.name for path in Path(context).iterdir()))
    if "FAIL" in text:
        print("no such instruction")
        return 1
    image(options["--tag"][0]).write_text(text)
    return 0


def kill(names: list[str]) -> int:
    for path in (HOME / "containers" / name for name in names):
        if path.exists():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(json.loads(path.read_text())["pid"], signal.SIGKILL)
            path.unlink(missing_ok=True)
    return 0


def main(arguments: list[str]) -> int:
    with (HOME / "calls").open("a") as log:
        log.write(json.dumps(arguments) + "\n")
    match arguments:
        case ["version", *_]:
            print("1.0" if (HOME / "engine").exists() else "Cannot connect to the engine")
            return 0 if (HOME / "engine").exists() else 1
        case ["image", "inspect", name]:
            return 0 if image(name).exists() else 1
        case ["pull", name]:
            print(f"pulling {name}")
            shutil.copy(HOME / "registry", image(name))
            return 0
        case ["build", *rest]:
            return build(rest)
        case ["run", *rest]:
            return run(rest)
        case ["kill", *names]:
            return kill(names)
        case ["ps", *rest]:
            label = parsed(rest)[0]["--filter"][0].partition("=")[2]
            for path in (HOME / "containers").iterdir():
                if json.loads(path.read_text())["label"] == label:
                    print(path.name)
            return 0
    raise SystemExit(f"unknown: {arguments}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
