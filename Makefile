# What a person or CI does with this project. Every target sets up what it needs first.
#   FOLDER  where `make demo` makes its campaign         ARGS    more arguments for pytest
#   PYTHON  the Python for a new .venv                   APT=no  never install system packages

.DEFAULT_GOAL := help
.PHONY: help setup demo addin bundle test live mail check bench lint types layers derived locked lock clean

FOLDER ?= demo
ARGS ?=

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## .venv with the sangkien command in it
	@tools/setup

demo: setup ## a realistic campaign from nothing, merged (FOLDER=demo)
	@.venv/bin/sangkien demo "$(FOLDER)"

addin: setup ## dist/sangkien.xlam and dist/sangkien.oxt, for Excel and LibreOffice, from their sources
	@.venv/bin/python -m macros.build

bundle: setup ## dist/sangkien-offline-<version>.zip, for Windows PCs without internet
	@.venv/bin/python -m tools.bundle

test: setup ## all tests; installs LibreOffice and mail servers where it may (ARGS="-k merge")
	@tools/office
	@tools/mail
	@.venv/bin/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile $(ARGS)

live: setup ## the tests that drive a live LibreOffice by clicks; pictures in artifacts/live
	@tools/office
	@.venv/bin/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile tests/live $(ARGS)

mail: setup ## the tests of mail alone, against real servers on this machine
	@tools/mail
	@.venv/bin/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile tests/mail tests/addin/mail $(ARGS)

check: setup ## ruff, mypy, layers, derived files, lock
	@$(MAKE) --no-print-directory --keep-going lint types layers derived locked

bench: setup ## product against rivals, as ratios (ARGS="--files 300"); writes docs/benchmarks.md
	@.venv/bin/python -m benchmarks --write $(ARGS)

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy

layers:
	.venv/bin/lint-imports

derived:
	.venv/bin/python -m workbook_templates.build --check
	.venv/bin/python -m tools.rule_pages --check
	.venv/bin/python -m macros.build --check
	.venv/bin/python -m tools.command_page --check
	.venv/bin/python -m tools.guide_page --check

locked:
	.venv/bin/python tools/lock_in_step.py

lock: setup ## requirements.lock from pyproject.toml (UPGRADE=1: newest of everything)
	@UPGRADE="$(UPGRADE)" tools/lock

clean: ## away with everything that make made
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist demo artifacts *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
