# The chores. `make run` and `make test` work on a fresh machine with Python >= 3.11; the rest builds on them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

.PHONY: run test test-cluster test-fast coverage faults check bench load measure-page test-peers mutation types messages pictures gallery-pictures study-pictures clean

# Else each server that a test starts would compile all its modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Tests run in so many processes at once: more than a small machine has cores, for many tests wait.
WORKERS ?= 3
SIDE_BY_SIDE := -q -n $(WORKERS) --dist worksteal
# Tests that read the code: `make check` runs them, and `make test` once more.
READING := tests/unit/test_layers.py tests/unit/test_words.py tests/unit/test_lengths.py tests/unit/web/test_page_types.py

run: $(VENV)/run.stamp
	@echo "NNLab: http://$(HOST):$(PORT)   (Ctrl+C stops it)"
	@$(BIN)/gunicorn app:app

test: $(VENV)/dev.stamp
	@tests/install-browser
	@tests/install-node
	node --test-reporter=dot tests/js/all.js
	$(BIN)/pytest $(SIDE_BY_SIDE) tests/unit tests/api tests/browser
	$(BIN)/pytest $(SIDE_BY_SIDE) tests/faults

# A cluster on this machine: Ray and PostgreSQL, in an environment and a network of their own. Needs root. All parts, or
# those that are named: PARTS="database fleet".
CLUSTER := build/cluster
test-cluster: $(CLUSTER)/.stamp
	@tests/install-postgres
	@tests/install-nginx
	$(CLUSTER)/bin/python -m tests.cluster $(PARTS)

# In less than a minute, without a browser: while one writes.
test-fast: $(VENV)/dev.stamp
	@tests/install-node
	node --test-reporter=dot tests/js/all.js
	$(BIN)/pytest $(SIDE_BY_SIDE) --hypothesis-profile=fast -m "not thorough" $(addprefix --ignore=,$(READING)) tests/unit tests/api

# What share of the code the tests run: Python with its processes, and the page's scripts in Node and in Chromium.
COVERED := build/coverage
coverage: $(VENV)/dev.stamp
	@tests/install-browser
	@tests/install-node
	rm -rf $(COVERED) && mkdir -p $(COVERED)
	NODE_V8_COVERAGE=$(COVERED)/scripts node --test-reporter=dot tests/js/all.js
	SCRIPT_COVERAGE=$(COVERED)/scripts $(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report= tests/unit tests/api tests/browser
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-append --cov-report= tests/faults
	$(BIN)/coverage report
	$(BIN)/python -m tests.script_coverage $(COVERED)/scripts

faults: $(VENV)/dev.stamp
	$(BIN)/python -m tests.faults

check: $(VENV)/dev.stamp node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q $(READING)
	npx tsc --project tsconfig.json
	npx eslint static/js tests/js
	npx prettier --check --log-level warn static/js tests/js

load: $(VENV)/dev.stamp
	@tests/install-browser
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.load.start
	$(BIN)/python -m tests.load

measure-page: $(VENV)/dev.stamp
	@tests/install-browser
	$(BIN)/python -m tests.load.page

# The benchmark and the peers' tests make environments of their own, with PyTorch, JAX and others (several GB).
bench: $(VENV)/dev.stamp
	env -u OPENBLAS_CORETYPE $(BIN)/python -m tests.bench.engine
	env -u OPENBLAS_CORETYPE $(BIN)/python -m tests.bench.engine.variants

test-peers: $(VENV)/dev.stamp
	$(PYTHON) -m venv build/peers
	build/peers/bin/pip install --quiet --disable-pip-version-check -r requirements-peers.txt
	build/peers/bin/python -m pytest tests/peers/against_*.py

mutation: $(VENV)/dev.stamp
	$(BIN)/python -m tests.mutation

# The page's types of what the API sends, anew.
types: $(VENV)/dev.stamp
	$(BIN)/python -m tests.page_types

messages: $(VENV)/dev.stamp
	$(BIN)/python -m tests.messages

# Screenshots of the page in every window it is made for, into build/pictures; and the small pictures of the gallery.
pictures: $(VENV)/dev.stamp
	@tests/install-browser
	$(BIN)/python -m tests.pictures

gallery-pictures: $(VENV)/dev.stamp
	@tests/install-browser
	$(BIN)/python -m tests.gallery_pictures

# The figures of all studies with their default settings, for their gallery: two minutes of one core.
study-pictures: $(VENV)/dev.stamp
	$(BIN)/python -m tests.study_pictures

clean:
	rm -rf $(VENV) node_modules build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing what NNLab needs (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing what the tests and checks need (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

$(CLUSTER)/.stamp: requirements-cluster.txt requirements-dev.txt requirements.txt
	@$(PYTHON) -m venv $(CLUSTER)
	@echo "Installing what the tests of the cluster need (once) ..."
	@$(CLUSTER)/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt -r requirements-cluster.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json
	@tests/install-node
	npm ci --silent --no-fund --no-audit
	@touch $@
