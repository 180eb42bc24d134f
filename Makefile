# The commands a person needs, each one setting up what it needs first.
# `make` alone lists them.

PYTHON ?= python3
PORT ?= 7860

VENV := .venv
RUN := $(VENV)/bin/python
# A stamp is newer than pyproject.toml once that version of it is installed.
INSTALLED := $(VENV)/.installed
DEV_INSTALLED := $(VENV)/.installed-dev
RUFF := $(RUN) -m ruff

.DEFAULT_GOAL := help
.PHONY: help install app ingest refresh ask test soak eval unseen lint clean

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

install: $(INSTALLED)  ## set up .venv (another interpreter: PYTHON=python3.12)

app: refresh  ## refresh the index and serve the page (another port: PORT=7861)
	@$(RUN) app.py --port $(PORT)

ingest: install  ## bring the index up to date; fails if a report cannot be read
	@$(RUN) -m ingest

# As `ingest`, but one bad report must not keep the others from being asked.
refresh: install
	@$(RUN) -m ingest >&2 || echo "Going on with the reports that are in." >&2

ifeq ($(filter ask,$(MAKECMDGOALS))$(value Q),ask)
  $(error Ask what? make ask Q="what was the online records rate in 2024")
endif

# The question as it was typed: neither make nor the shell may change it.
ask: refresh  ## ask one question: make ask Q="…"
	@$(RUN) -m answer -- '$(subst ','\'',$(value Q))'

# One thread a process: the models in the tests are small, and idle threads that
# spin for work slow each other down. Two processes, which keep a file together.
test: $(DEV_INSTALLED)  ## run all tests
	OMP_NUM_THREADS=1 $(RUN) -m pytest -n 3 --dist loadfile

# The long form of tests/soak: 200 kills, and a failure at each write and read.
soak: $(DEV_INSTALLED)  ## kill, fill and fail the disk under an ingest, at length
	SOAK=1 OMP_NUM_THREADS=1 $(RUN) -m pytest tests/soak

eval: ingest  ## ask the project's own questions; fail under evals/floors.toml
	$(RUN) -m evals --floors evals/floors.toml

unseen: install  ## ask the blind questions about their own reports: totals only
	$(RUN) -m evals unseen

lint: $(DEV_INSTALLED)  ## check style and types
	$(RUFF) check .
	$(RUFF) format --check .
	$(RUN) -m mypy

clean:  ## remove what these commands made, but the index and runs in var/
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A half-made environment would look like a whole one the next time.
$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is not." >&2; \
	  echo "Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(INSTALLED): pyproject.toml | $(RUN)
	$(RUN) -m pip install --editable . >&2
	@touch $@

$(DEV_INSTALLED): pyproject.toml | $(RUN)
	$(RUN) -m pip install --editable '.[dev]' >&2
	@touch $(INSTALLED) $@
