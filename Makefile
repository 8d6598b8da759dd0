# Two commands do all the set-up: `make quickstart` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install --constraint constraints.txt
INSTALL := $(PIP) --build-constraint constraints.txt
PACKAGE := pyproject.toml constraints.txt
TYPED := codegen.py codegen_steps facade/amlrest generated/amlrest_client \
	emulator/amlrest_emulator tests benchmarks examples scripts
WORKERS ?= 3
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help quickstart test test-fast check docs fix regen bench bench-client bench-facade \
	bench-emulator check-dependencies clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

quickstart: .venv/.local  ## train on Iris in a local workspace; ARGS go to amlrest quickstart
	@$(BIN)/amlrest quickstart $(ARGS)

test: .venv/.dev tests/node/node_modules .venv/.browser  ## run every test; ARGS go to pytest
	@$(PYTEST) $(ARGS)

test-fast: .venv/.dev tests/node/node_modules .venv/.browser  ## run the tests that are not marked slow
	@$(PYTEST) -m 'not slow' $(ARGS)

check: .venv/.dev docs  ## check format, lint, types, derived files and documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/python codegen.py check

docs: .venv/.dev  ## build the documentation site into build/site, without any warning
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

fix: .venv/.dev  ## format, and apply the fixes of the linter
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

regen: .venv/.dev  ## generate the client from spec/ and the sync API from the async one
	$(BIN)/python codegen.py generate

bench: bench-client bench-facade bench-emulator  ## run every benchmark

bench-client: .venv/.dev  ## measure the generated client
	$(BIN)/python benchmarks/bench_client.py

bench-facade: .venv/.dev tests/node/node_modules  ## measure the library, the command and uploads
	$(BIN)/python benchmarks/bench_facade.py
	$(BIN)/python benchmarks/bench_command.py
	$(BIN)/python benchmarks/bench_upload.py

bench-emulator: .venv/.dev  ## measure the local workspace; ARGS: --quick, --through
	$(BIN)/python benchmarks/bench_emulator.py $(ARGS)

check-dependencies: tests/node/node_modules  ## run with the lowest and the newest dependencies on Python 3.11 and 3.13
	@scripts/check-dependencies.sh

clean:  ## remove everything that was installed or built
	rm -rf .venv build tests/node/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.pip: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amlrest needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (set PYTHON=...)")'
	@test -x $(BIN)/pip || { echo "Creating a virtual environment in .venv"; $(PYTHON) -m venv .venv; }
	@$(PIP) --upgrade pip
	@touch $@

.venv/.local: .venv/.pip $(PACKAGE)
	@echo "Installing amlrest into .venv, with MLflow, LightGBM and scikit-learn for the local workspace:"
	@echo "about 100 packages, 700 MB, a minute or two the first time"
	@$(INSTALL) --editable '.[local]'
	@touch $@

.venv/.dev: .venv/.pip $(PACKAGE)
	@echo "Installing amlrest into .venv, with the local workspace and the development tools:"
	@echo "about 150 packages, 900 MB, a minute or two the first time"
	@$(INSTALL) --editable '.[local]' --group dev
	@touch .venv/.local $@

.venv/.browser: .venv/.pip scripts/setup-browser.sh
	@scripts/setup-browser.sh
	@touch $@

tests/node/node_modules: .venv/.pip tests/node/package-lock.json
	@scripts/setup-node.sh
	@touch $@
