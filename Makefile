# Every command of the project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BROWSER := $(VENV)/.browser
OFFICE := $(VENV)/.office
REDIS := $(VENV)/.redis
UV := 0.13.9
# A file's tests share their sites: they stay together, the longest ones not all at the end.
BY_FILE := -n 2 --dist loadfile --no-loadscope-reorder
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run test check e2e faults bench load screenshots lock clean

help: ## List the commands
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(READY) ## Start the contest at http://localhost:8000 with demonstration data; Ctrl-C stops it
	@python -m cchc_app.frontend
	@cchc init
	@exec cchc serve

test: check $(BROWSER) $(OFFICE) $(REDIS) ## Everything CI runs: check, then the tests of every layer, a short fault test included
	python -m pytest -n 2 --ignore tests/e2e --ignore tests/faults
	@python -m cchc_app.frontend
	python -m pytest tests/e2e tests/faults $(BY_FILE)

check: $(READY) ## Style, types, import ladder, unused dependencies
	ruff check .
	ruff format --check .
	pyright
	deptry .

e2e: $(BROWSER) ## Browser tests only
	@python -m cchc_app.frontend
	python -m pytest tests/e2e $(BY_FILE)

faults: $(READY) $(REDIS) ## Kill the server twenty times under fifty participants, on both databases; then break a fleet part by part
	python -m tests.faults.kill --kills 20 --people 50
	python -m tests.faults.table

bench: $(READY) ## Measure against the floor in the same run; figures as in docs/performance.md
	python -m tests.bench.run

load: $(READY) ## Load a site of its own: make load N=500 THINK=3 WATCHERS=50
	python -m tests.bench.load --people $(or $(N),200) --think $(or $(THINK),5) --watchers $(or $(WATCHERS),0)

screenshots: $(BROWSER) ## Draw docs/screenshots anew
	python -m tests.e2e.screenshots

lock: ## Resolve the dependencies of pyproject.toml again
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --universal --no-emit-index-url --no-header -o requirements.lock

clean: ## Remove everything that was built; data under var/ stays
	rm -rf $(VENV) build .web

# One stamp for the environment: made anew when what it depends on changes.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

# The system's Chromium, else Playwright's own, else the distribution's package.
$(BROWSER): $(READY)
	@python -m tests.browser || true
	@touch $@

# The system's Redis 7, else the distribution's package: several processes share states through it.
$(REDIS): $(READY)
	@python -m tests.redis_server || true
	@touch $@

# The system's LibreOffice, else the distribution's package of its writer: documents are opened in the tests.
$(OFFICE): $(READY)
	@python -m tests.office || true
	@touch $@
