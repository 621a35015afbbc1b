# make setup · demo · test · check · bench · lock
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
export PYTHONUTF8 = 1

.PHONY: help setup setup-test demo serve test check unit bench fuzz lock messages

help:
	@echo "make setup   install what running needs into .venv"
	@echo "make demo    build the sample organisation and serve it at http://localhost:8000"
	@echo "make test    install what the tests need, then run every check and test"
	@echo "make check   lint, types, walls, translations"
	@echo "make bench   print the benchmarks' ratios"
	@echo "make fuzz    feed 200,000 damaged files to the reader"
	@echo "make lock    compile requirements/*.txt again"

.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Liencap needs Python 3.11 or newer."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements/bootstrap.txt requirements/run.txt requirements/build.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
	@touch $@

setup: .venv/.run
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/python -m liencap.core.warm

setup-test: .venv/.test
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/python -m liencap.core.warm
	@sh tools/install_chromium.sh

demo: setup
	$(BIN)/liencap demo $(ARGS)

check: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint liencap --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/python tools/messages.py check
	$(BIN)/mypy

# The same tests on both databases; what needs no database runs in the first round only.
test: check
	$(BIN)/python tools/run_tests.py

messages: setup
	$(BIN)/python tools/messages.py update

fuzz: setup-test
	$(BIN)/python tools/fuzz_formats.py $(ARGS)

bench: setup
	$(BIN)/python tools/run_benchmarks.py

lock:
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements/bootstrap.in -o requirements/bootstrap.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml --extra server -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements/build.in -c requirements/run.txt -o requirements/build.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements/test.in -c requirements/run.txt -o requirements/test.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements/bench.in -c requirements/run.txt -o requirements/bench.txt
