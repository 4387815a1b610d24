# plebiscite: `make demo` shows it, `make test` proves it; each sets itself up first.
# Set-up needs python3 (3.11 or newer, with venv) and a reachable Python package index;
# afterwards everything works without internet.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint prove docs bench changelog lock help clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.ready ## set up, then run the main job on a simulated petition (out/demo)
	$(BIN)/plebiscite demo

test: $(VENV)/.ready-dev ## set up, then run every test
	$(BIN)/pytest -q

lint: $(VENV)/.ready-dev ## style, types and import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## what CI runs

prove: $(VENV)/.ready-dev ## run the tests with new random cases, longer
	HYPOTHESIS_PROFILE=explore $(BIN)/pytest -q

docs: $(VENV)/.ready-dev ## write docs/reference/commands.md anew
	$(BIN)/python tools/write_commands.py

bench: $(VENV)/.ready-dev ## measure what docs/benchmarks.md reports
	$(BIN)/python bench/run.py

$(VENV)/.ready: requirements.lock pyproject.toml tools/setup.sh
	PYTHON="$(PYTHON)" sh tools/setup.sh $(VENV) requirements.lock

$(VENV)/.ready-dev: requirements-dev.lock pyproject.toml tools/setup.sh
	PYTHON="$(PYTHON)" sh tools/setup.sh $(VENV) requirements-dev.lock

clean: ## remove everything that was set up or made
	rm -rf $(VENV) out

changelog: $(VENV)/.ready-dev ## fold changelog.d into CHANGELOG.md
	$(BIN)/python tools/fold_changelog.py

lock: $(VENV)/.ready-dev ## lock the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra build --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra build --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock
