# make demo    extract the claims of corpus/articles/ into outputs/demo/ and show them
# make test    run all checks and tests
# make lint    run the checks alone; make format mends what can be mended
# make bench   measure speed and memory into benchmarks/RESULTS.md; WORDS=200000 of 2,000,000 words does for a first look
# make lock    renew requirements.lock and requirements-ftm.lock
# make ftm     install what `newsclaims export --to ftm` needs as well
#
# Each sets up .venv as requirements.lock says, once. PYTHON=/path/to/python names the Python to build it from.

export PYTHON
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
SOURCES := pipeline tests benchmarks

.PHONY: demo test lint format bench lock ftm

demo: $(READY)
	@$(BIN)/newsclaims extract corpus/articles -o outputs/demo --quiet
	@$(BIN)/newsclaims show outputs/demo

test: lint
	@$(BIN)/pytest

lint: $(READY)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check --quiet $(SOURCES)
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff check --fix --quiet $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: $(READY)
	@$(BIN)/python -m benchmarks $(if $(WORDS),--words $(WORDS))

# The locks serve every platform and every Python from 3.12 on. They name no host.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --upgrade --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock: $(READY)
	@$(LOCK) --group dev --extra duckdb --extra report --output-file requirements.lock
	@$(LOCK) --extra ftm --constraint requirements.lock --output-file requirements-ftm.lock

# Followthemoney is built from source and needs ICU: apt-get install libicu-dev pkg-config g++
ftm: $(READY)
	@$(PIP) --require-hashes -r requirements-ftm.lock

$(READY): requirements.lock pyproject.toml
	@python=$$(sh .ci/find-python) && { [ -x $(BIN)/python ] || "$$python" -m venv .venv; }
	@echo "Setting up .venv (this takes a minute or two, once)"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@
