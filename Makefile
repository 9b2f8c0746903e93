# One Makefile for everything: a fresh machine needs Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := src/fenhu/locale/zh_Hans/LC_MESSAGES/django
PORT ?= 8000
PYTEST := $(BIN)/pytest -q
export FENHU_DATA_DIR ?= var

.DEFAULT_GOAL := help
.PHONY: help setup vendor locale run test test-postgres check test-all messages docs screenshots clean

help:  ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup: $(VENV)/.runs vendor locale  ## install what the product runs on

run: setup  ## build the synthetic city once and open it
	FENHU_DEMO=1 $(BIN)/fenhu manage demo_city
	FENHU_DEMO=1 $(BIN)/fenhu serve --port $(PORT)

test: $(VENV)/.develops vendor locale  ## the tests, and the data layer on PostgreSQL too
	$(PYTEST) -n 2 -m "not slow and not browser"
	$(MAKE) --no-print-directory test-postgres SELECT="data_layer and not slow and not browser"

test-postgres: $(VENV)/.develops vendor locale
	$(BIN)/python -m tools.with_postgres $(PYTEST) -n 2 -m "$(SELECT)" tests/web

check: $(VENV)/.develops vendor locale  ## style, types, layers, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.translations check

test-all: $(VENV)/.develops vendor locale  ## everything: both databases, browser, slow
	$(PYTEST) -n 2 --dist loadgroup
	$(BIN)/python -m tools.with_postgres $(PYTEST) -n 2 tests/web

messages: $(VENV)/.develops  ## bring the translation catalogue up to date with the code
	$(BIN)/python -m tools.translations update

clean:  ## remove everything that was made here
	rm -rf $(VENV) var node_modules site .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit("fenhu needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.runs: requirements/base.txt pyproject.toml | $(VENV)/.made
	tools/install requirements/base.txt
	touch $@

$(VENV)/.develops: requirements/dev.txt pyproject.toml | $(VENV)/.runs
	tools/install requirements/dev.txt
	touch $@

vendor: var/vendor/.done

var/vendor/.done: package.json package-lock.json tools/vendor.py | $(VENV)/.runs
	$(BIN)/python -m tools.vendor
	touch $@

locale: $(CATALOGUE).mo

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.runs
	$(BIN)/pybabel -q compile --input-file $< --output-file $@
