# Two commands do all the set-up: `make quickstart` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install --constraint constraints.txt
PACKAGE := pyproject.toml constraints.txt

.PHONY: quickstart test check fix regen bench bench-client bench-facade clean

quickstart: .venv/.local  ## train on Iris in a local workspace: a command job, then a sweep
	@$(BIN)/amlrest quickstart $(ARGS)

test: .venv/.dev tests/node/node_modules  ## every test; ARGS go to pytest
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: .venv/.dev  ## format, lint, types, drift of derived files, imports between rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy codegen.py codegen_steps facade/amlrest generated/amlrest_client \
		emulator/amlrest_emulator tests benchmarks examples
	$(BIN)/python codegen.py check
	$(BIN)/python -m pytest -q tests/test_architecture.py

fix: .venv/.dev  ## format and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

regen: .venv/.dev  ## rebuild everything derived from spec/ and from facade/amlrest/_async
	$(BIN)/python codegen.py generate

bench: bench-client bench-facade  ## every benchmark

bench-client: .venv/.dev
	$(BIN)/python benchmarks/bench_client.py

bench-facade: .venv/.dev tests/node/node_modules
	$(BIN)/python benchmarks/bench_facade.py
	$(BIN)/python benchmarks/bench_upload.py

clean:
	rm -rf .venv tests/node/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amlrest needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (set PYTHON=...)")'
	@$(PYTHON) -m venv .venv

.venv/.local: .venv/bin/pip $(PACKAGE)
	@echo "Installing amlrest and what a local workspace needs into .venv (about a minute the first time)"
	@$(PIP) --editable '.[local]'
	@touch $@

.venv/.dev: .venv/bin/pip $(PACKAGE)
	@echo "Installing amlrest with everything for development into .venv"
	@$(PIP) --editable '.[local,dev]'
	@touch .venv/.local $@

tests/node/node_modules: .venv/bin/pip tests/node/package-lock.json
	@scripts/setup-node.sh
	@touch $@
