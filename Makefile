# One Makefile for everything: a fresh machine needs Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := src/fenhu/locale/zh_Hans/LC_MESSAGES/django
PORT ?= 8000
SCRIPTS = node_modules/.package-lock.json
FONTS = $(FENHU_DATA_DIR)/fonts.conf
PYTEST := $(BIN)/pytest -n 2
# Files in the order of their folders: by their number of tests the longest would come last, alone.
BY_FILE := --dist loadfile --no-loadscope-reorder
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links
export FENHU_DATA_DIR ?= var

.DEFAULT_GOAL := help
.PHONY: help audit setup locale run year test test-postgres check test-all messages docs screenshots equations verification bench load scale faults attacks pins clean

help:  ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup: $(VENV)/.runs locale  ## install what the product runs on

run: setup  ## build the synthetic city once and open it
	FENHU_DEMO=1 $(BIN)/fenhu manage demo_city
	FENHU_DEMO=1 $(BIN)/fenhu serve --port $(PORT)

year: export FENHU_DATA_DIR = var/year
year: setup  ## play the year 2011 of the synthetic city through every office, from the empty plan to the reward
	FENHU_DEMO=1 $(BIN)/fenhu manage demo_city
	FENHU_DEMO=1 $(BIN)/fenhu manage play_year 2011
	FENHU_DEMO=1 $(BIN)/fenhu verify

test: $(VENV)/.develops locale  ## the tests, and the data layer on PostgreSQL too
	$(PYTEST) --dist worksteal -m "not slow and not browser"
	$(MAKE) --no-print-directory test-postgres SELECT="data_layer and not slow and not browser"
	$(BIN)/python -m tools.passed note

test-postgres: SELECT ?= not browser and not own_database
test-postgres: $(VENV)/.develops locale  ## the web product's tests on a real PostgreSQL
	$(BIN)/python -m tools.with_postgres $(PYTEST) -m "$(SELECT)" tests/web

check: $(VENV)/.develops locale  ## style, types, layers, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.translations check

audit: $(VENV)/.develops  ## ask whether a known fault concerns a pinned package
	$(BIN)/python -m tools.audit

test-all: export FONTCONFIG_FILE = $(abspath $(FONTS))
test-all: $(VENV)/.develops locale $(FONTS) $(SCRIPTS)  ## everything: both databases, browser, slow; not again what just passed
	if $(BIN)/python -m tools.passed holds; then $(PYTEST) $(BY_FILE) -m "slow or browser"; \
	else $(PYTEST) $(BY_FILE); fi
	if $(BIN)/python -m tools.passed holds; then only=" and not (data_layer and not slow)"; fi; \
	$(MAKE) --no-print-directory test-postgres SELECT="not browser and not own_database$$only"

messages: $(VENV)/.develops  ## bring the translation catalogue up to date; FRAGMENTS="a.po b.po" are merged in
	$(BIN)/python -m tools.translations update $(FRAGMENTS)

docs: $(VENV)/.documents  ## the documentation as a site in site/, refusing a broken link
	$(BIN)/mkdocs build --strict

screenshots: export FONTCONFIG_FILE := $(abspath $(FONTS))
screenshots: export FENHU_DATA_DIR = var/screenshots
screenshots: $(VENV)/.develops locale $(FONTS)  ## take the documentation's pictures of the demo city; ONLY="a.png b.png" for some
	FENHU_DEMO=1 $(BIN)/fenhu manage demo_city
	$(BIN)/python -m tools.screenshots $(ONLY)

equations: $(VENV)/.runs  ## set the engineers' equations as pictures
	$(BIN)/python -m tools.equations

verification: $(VENV)/.develops  ## run the verification cases and write docs/engineering/verification.md
	$(BIN)/python -m tools.verification

faults: $(VENV)/.develops locale  ## kill, fill, cut off and move the clock in every way of tests/fault, on both databases, and write docs/reliability.md
	$(BIN)/python -m tools.faults

attacks: $(VENV)/.develops locale  ## attack a served city by HTTP in every way of tests/attack and write docs/reliability.md; EVERY=5 is faster
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=fenhu.web.settings $(BIN)/python -m tests.attack.report $(EVERY)

bench: .venv-bench/.made  ## measure heat engine and planner, peers beside them, and write docs/benchmarks.md; ONLY=planning renews one part
	PYTHONPATH=src .venv-bench/bin/python benchmarks/report.py $(if $(ONLY),--only $(ONLY))

load: export FENHU_DATA_DIR = var/province
load: .venv-bench/.made $(VENV)/.develops locale  ## fifty people in a province on PostgreSQL, into docs/reliability.md
	FENHU_DEMO=1 PYTHONPATH=. $(BIN)/python -m tools.with_postgres $(BIN)/python benchmarks/load.py

scale: $(VENV)/.develops  ## measure stocks and scenarios on one worker and two, model a nation, write docs/scale.md
	PYTHONPATH=. $(BIN)/python benchmarks/scale.py

pins:  ## compile requirements/*.in into pins with hashes (needs uv)
	$(COMPILE) requirements/base.in requirements/build.in --output-file requirements/base.txt
	$(COMPILE) requirements/dev.in --constraint requirements/base.txt --output-file requirements/dev.txt
	$(COMPILE) requirements/docs.in --constraint requirements/dev.txt --output-file requirements/docs.txt
	$(COMPILE) requirements/node.in --output-file requirements/node.txt
	$(COMPILE) requirements/benchmark.in --output-file requirements/benchmark.txt

clean:  ## remove everything that was made here
	rm -rf $(VENV) .venv-bench var node_modules site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f $(CATALOGUE).mo

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "fenhu runs on Python 3.11 to 3.13; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

.venv-bench/.made: requirements/benchmark.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@

$(VENV)/.runs: requirements/base.txt pyproject.toml | $(VENV)/.made
	tools/install requirements/base.txt
	touch $@

$(VENV)/.develops: requirements/dev.txt pyproject.toml | $(VENV)/.runs
	tools/install requirements/dev.txt
	touch $@

$(VENV)/.documents: requirements/docs.txt | $(VENV)/.runs
	tools/install requirements/docs.txt
	touch $@

$(SCRIPTS): package.json package-lock.json tools/scripts.py | $(VENV)/.runs
	$(BIN)/python -m tools.scripts
	touch $@

$(FONTS): tools/fonts.py | $(VENV)/.develops
	mkdir -p $(@D)
	$(BIN)/python -m tools.fonts > $@

locale: $(CATALOGUE).mo

$(CATALOGUE).mo: $(CATALOGUE).po tools/translations.py | $(VENV)/.runs
	$(BIN)/python -m tools.translations compile
