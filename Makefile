# One command each: set up what it needs, then do its work.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CONSTRAINTS ?= constraints.txt
PIP := pip==26.3
OLDEST_TYPER := $(shell sed -n 's/^ *"typer>=\([0-9.]*\),.*/\1/p' pyproject.toml)

# A relative path: pip splits these at spaces, which the path of this folder may have.
export PIP_CONSTRAINT := $(CONSTRAINTS)
export PIP_BUILD_CONSTRAINT := $(CONSTRAINTS)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

SOURCES := pyproject.toml hatch_build.py constraints.txt README.md CHANGELOG.md $(shell find src facts -type f -name '*.py' -o -type f -name '*.yaml')
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup
# What depends on Typer and on Python: options, errors, help, completion, the start, every format.
SHORT := $(wildcard tests/test_completion*.py tests/test_errors*.py tests/test_formats*.py tests/test_extending.py tests/test_imports.py tests/test_install.py tests/test_manpage.py tests/test_show.py)

.PHONY: demo test test-doors test-short test-oldest-typer verify-score mutate api lint format docs docs-check reproducible soak bench bench-scale clean

demo: $(VENV)/installed
	$(BIN)/icapital cities --year 2019
	@echo
	$(BIN)/icapital contacts --lang sv

test: $(VENV)/installed $(VENV)/group-test
	$(PYTEST) -m "not doors" $(ARGS)

# What needs other programs, or the extras.
test-doors: $(VENV)/installed $(VENV)/group-doors
	$(PYTEST) -m doors $(ARGS)

# For another Python: make test-short PYTHON=python3.13 VENV=.venv-3.13
test-short: $(VENV)/installed $(VENV)/group-test
	$(PYTEST) -m "not doors" $(SHORT) $(ARGS)

# The lower end of the range of Typer; the other commands test the upper one.
test-oldest-typer:
	@mkdir -p $(VENV)
	sed 's/^typer==.*/typer==$(OLDEST_TYPER)/' constraints.txt > $(VENV)/oldest-typer.txt
	$(MAKE) test-short VENV=$(VENV)/oldest-typer CONSTRAINTS=$(VENV)/oldest-typer.txt

# Recall and precision of `verify` on the labelled drafts.
verify-score: $(VENV)/installed
	$(BIN)/python tools/verify_score.py $(ARGS)

# What share of semantic slips in the facts does `check` catch?
mutate: $(VENV)/installed
	$(BIN)/python tools/mutate.py facts $(ARGS)

lint: $(VENV)/installed $(VENV)/group-lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/yamllint --strict facts
	$(BIN)/python tools/format_facts.py --check facts
	$(BIN)/icapital check facts

# Two builds of the wheel, one of them from the sdist, are equal byte for byte, and write nothing into the checkout.
reproducible: $(VENV)/installed $(VENV)/group-build
	rm -rf $(VENV)/again
	@touch $(VENV)/before-building
	$(BIN)/python -m build --outdir $(VENV)/again . > $(VENV)/again.log 2>&1 || { cat $(VENV)/again.log; exit 1; }
	@! find . -newer $(VENV)/before-building -not -path './.*' -not -path './$(VENV)/*' | grep . || { echo "the build wrote these"; exit 1; }
	cmp $(VENV)/wheel/*.whl $(VENV)/again/*.whl

# The long tests. Numbers in the environment shorten them: SOAK_INPUTS=1000 SOAK_LOOKUPS=200 SOAK_KILLS=20 make soak
soak: $(VENV)/installed $(VENV)/group-test
	$(BIN)/python -m pytest soak $(ARGS)

# The rows and the lists of the Python API, from the model.
api: $(VENV)/installed
	$(BIN)/python tools/make_api.py

format: $(VENV)/group-lint
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python tools/format_facts.py facts

DOCUMENTS := README.md $(wildcard docs/*.md)
SESSION := docs/session.svg "icapital cities --year 2019" 'icapital verify --text "Espoo won iCapital 2019"'

docs: $(VENV)/installed
	$(BIN)/python tools/run_docs.py --write $(DOCUMENTS)
	for picture in map timeline; do $(BIN)/icapital $$picture --svg docs/$$picture.svg || exit 1; done
	$(BIN)/python tools/draw_session.py $(SESSION)
	$(BIN)/python tools/photograph_site.py docs

docs-check: $(VENV)/installed
	$(BIN)/python tools/run_docs.py --check $(DOCUMENTS)
	for picture in map timeline; do $(BIN)/icapital $$picture --svg - | cmp - docs/$$picture.svg || exit 1; done
	$(BIN)/python tools/draw_session.py --check $(SESSION)

# Whole processes against `import typer` in the same run, and against peers in an environment of their own.
bench: $(VENV)/installed $(VENV)/peers
	PATH="$$(cd $(VENV)/peers/bin && pwd):$$PATH" $(BIN)/python bench/run.py

bench-scale: $(VENV)/installed
	$(BIN)/python bench/scale.py

$(VENV)/peers: bench/requirements.txt
	$(PYTHON) -m venv $(VENV)/peers
	PIP_CONSTRAINT= $(VENV)/peers/bin/pip install --quiet --requirement bench/requirements.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(f"icapital-cli needs Python 3.11 or newer; $(PYTHON) is {v[0]}.{v[1]}" if v < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(PIP)

# The wheel is built and installed: what is tested is what people get.
$(VENV)/installed: $(VENV)/bin/python $(SOURCES)
	rm -rf $(VENV)/wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir $(VENV)/wheel .
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps $(VENV)/wheel/*.whl
	$(BIN)/python -m pip install --quiet $(VENV)/wheel/*.whl
	@touch $@

$(VENV)/group-%: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --group $*
	@touch $@

clean:
	rm -rf $(VENV) dist build src/icapital_cli/facts.db
