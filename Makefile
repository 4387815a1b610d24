# plebiscite: `make demo` shows it, `make test` proves it; each sets itself up first.
# Set-up needs python3 (3.11 or newer, with venv) and a reachable Python package index;
# afterwards everything works without internet.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KERNEL := kernel/Cargo.toml kernel/crates.lock $(wildcard kernel/src/*.rs kernel/src/*/*.rs)
SETUP := pyproject.toml tools/setup.sh tools/backend.py tools/backend_kernel.py $(KERNEL)

# Each command is a process of its own: read from source each time, it starts late, and
# so does a test's. What is compiled lies in __pycache__, wherever the caller stands.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test test-long check lint lint-kernel test-kernel prove prove-long backtest sampler \
	model docs bench wheel sbom changelog \
	lock help clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.ready ## set up, then run the main job on a simulated petition (out/demo)
	$(BIN)/plebiscite demo

test: $(VENV)/.ready-dev ## set up, then run every test but the long ones
	$(BIN)/pytest -q -m "not long"

test-long: $(VENV)/.ready-dev ## run the long tests: kill loops, a whole petition drive
	$(BIN)/pytest -q -m long

lint: $(VENV)/.ready-dev ## style, types and import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; \
		then $(MAKE) --no-print-directory lint-kernel; \
		else echo "No cargo with fmt and clippy: the kernel's style is not looked at."; fi

lint-kernel: $(VENV)/.ready-dev
	$(BIN)/python tools/backend_kernel.py crates
	cargo fmt --check --manifest-path kernel/Cargo.toml
	cargo clippy --quiet --locked --all-targets --manifest-path kernel/Cargo.toml \
		-- --deny warnings

test-kernel: $(VENV)/.ready-dev ## run the kernel's own tests (needs cargo, python3-dev)
	$(BIN)/python tools/backend_kernel.py crates
	PYO3_PYTHON=$(abspath $(BIN)/python) cargo test --quiet --locked \
		--manifest-path kernel/Cargo.toml

check: lint test test-long ## what CI runs

# PART= one chapter; SEED= of every draw; PACE=1/4 a soak at a share of the load;
# MOST= minutes of what the next run goes on with: PART=input (out/fed) in many parts.
prove: $(VENV)/.ready-prove ## break it on purpose, and write docs/reliability.md (an hour)
	$(BIN)/python -m prove $(if $(PART),--part $(PART)) $(if $(SEED),--seed $(SEED))

prove-long: $(VENV)/.ready-prove ## the same without bounds of time, and new random cases
	$(BIN)/python -m prove --long $(if $(PART),--part $(PART)) $(if $(SEED),--seed $(SEED)) \
		$(if $(PACE),--pace $(PACE)) $(if $(MOST),--most $(MOST))
	$(if $(PART),,HYPOTHESIS_PROFILE=explore $(BIN)/pytest -q)

model: $(VENV)/.ready ## make the model of matching anew, on simulated truth
	sh tools/fit_model.sh

# DATA= what may not be shipped; POLLS= PACE= files from outside, on which nothing is fitted.
backtest: $(VENV)/.ready-dev ## hold forecasts to what came; recompute old votes
	$(BIN)/python bench/backtest/run.py $(if $(DATA),--data "$(DATA)") \
		$(if $(POLLS),--polls "$(POLLS)") $(if $(PACE),--pace "$(PACE)")
	$(if $(DATA),$(if $(POLLS)$(PACE),,PLEBISCITE_DATA="$(DATA)" $(BIN)/pytest -q -m data tests))

sampler: $(VENV)/.ready-dev ## hold the closed form of polls to a sampler, installed apart
	[ -x out/sampler/bin/python ] || $(PYTHON) -m venv out/sampler
	out/sampler/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement bench/sampler/requirements.lock
	$(BIN)/python bench/sampler/agree.py out/sampler/bin/python

docs: $(VENV)/.ready-dev ## write the generated pages of docs/reference anew
	$(BIN)/python tools/write_commands.py
	$(BIN)/python tools/write_laws.py

# SHORT=1: the first chapter alone; CHAPTER=: one of them (look-ups, growth, …);
# ROLL= LINES= TRUTH=: files from outside.
bench: $(VENV)/.ready-dev ## measure what docs/benchmarks.md reports, beside the peers
	$(BIN)/python bench/run.py $(if $(SHORT),--short) $(if $(CHAPTER),--chapter "$(CHAPTER)") \
		$(if $(ROLL),--roll "$(ROLL)" --lines "$(LINES)" --truth "$(TRUTH)")

$(VENV)/.ready: requirements.lock $(SETUP)
	PYTHON="$(PYTHON)" sh tools/setup.sh $(VENV) requirements.lock

$(VENV)/.ready-dev: requirements-dev.lock requirements-spark.lock $(SETUP)
	PYTHON="$(PYTHON)" sh tools/setup.sh $(VENV) requirements-dev.lock

$(VENV)/.ready-prove: requirements-prove.lock $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements-prove.lock
	touch $@

sbom: $(VENV)/.ready-prove ## list what plebiscite is made of (dist/plebiscite.cdx.json)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-file dist/plebiscite.cdx.json

wheel: $(VENV)/.ready-dev ## make dist/*.whl, with the kernel where cargo is new enough
	$(BIN)/python tools/backend.py dist

clean: ## remove everything that was set up or made
	rm -rf $(VENV) out dist kernel/target kernel/Cargo.lock
	rm -f src/plebiscite/match/_kernel.*

changelog: $(VENV)/.ready-dev ## fold changelog.d into CHANGELOG.md
	$(BIN)/python tools/fold_changelog.py

lock: $(VENV)/.ready-dev ## lock the dependencies anew (needs uv and cargo)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra build --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra build --extra dev --extra scan --constraint requirements.lock \
		--output-file requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra spark --constraint requirements.lock \
		--output-file requirements-spark.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet \
		pyproject.toml --extra build --extra dev --extra scan --extra prove \
		--constraint requirements-dev.lock --output-file requirements-prove.lock
	$(BIN)/python tools/backend_kernel.py lock
