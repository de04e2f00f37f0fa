# One command each: set up what it needs, then do its work.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

SOURCES := pyproject.toml hatch_build.py constraints.txt README.md $(shell find src facts -type f -name '*.py' -o -type f -name '*.yaml')

.PHONY: demo test lint format docs reproducible soak bench bench-scale clean

demo: $(VENV)/installed
	$(BIN)/icapital cities --year 2019
	@echo
	$(BIN)/icapital contacts --lang sv

test: $(VENV)/installed $(VENV)/tools
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/installed $(VENV)/tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/yamllint --strict facts
	$(BIN)/python tools/format_facts.py --check facts
	$(BIN)/icapital check facts

# Two builds of the wheel, one of them from the sdist, are equal byte for byte.
reproducible: $(VENV)/installed $(VENV)/tools
	rm -rf $(VENV)/again
	$(BIN)/python -m build --outdir $(VENV)/again . > $(VENV)/again.log 2>&1 || { cat $(VENV)/again.log; exit 1; }
	cmp $(VENV)/wheel/*.whl $(VENV)/again/*.whl

# The long tests. Numbers in the environment shorten them: SOAK_INPUTS=1000 SOAK_LOOKUPS=200 SOAK_KILLS=20 make soak
soak: $(VENV)/installed $(VENV)/tools
	$(BIN)/python -m pytest soak $(ARGS)

format: $(VENV)/tools
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python tools/format_facts.py facts

docs: $(VENV)/installed
	$(BIN)/python tools/run_docs.py --write README.md $(wildcard docs/*.md)

# Whole processes against `import typer` in the same run, and against peers in an environment of their own.
bench: $(VENV)/installed $(VENV)/peers
	PATH="$(CURDIR)/$(VENV)/peers/bin:$$PATH" $(BIN)/python bench/run.py
	$(BIN)/python bench/compile.py

bench-scale: $(VENV)/installed
	$(BIN)/python bench/scale.py

$(VENV)/peers: bench/requirements.txt
	$(PYTHON) -m venv $(VENV)/peers
	PIP_CONSTRAINT= $(VENV)/peers/bin/pip install --quiet --requirement bench/requirements.txt
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The wheel is built and installed: what is tested is what people get.
$(VENV)/installed: $(VENV)/bin/python $(SOURCES)
	rm -rf $(VENV)/wheel
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir $(VENV)/wheel .
	$(BIN)/pip install --quiet --force-reinstall --no-deps $(VENV)/wheel/*.whl
	$(BIN)/pip install --quiet $(VENV)/wheel/*.whl
	@touch $@

$(VENV)/tools: $(VENV)/bin/python requirements-dev.txt constraints.txt
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) dist build src/icapital_cli/facts.db
