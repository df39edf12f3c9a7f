# Type `make` to see what can be made.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python
READY := $(PYTHON) installer/environment.py
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
CATALOGUE := $(PY) -m babel.messages.frontend --quiet

export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench shots lock messages wheel clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing and open the window on an invented office
	@$(READY) run
	@$(PY) main.py --demo

test: export QT_QPA_PLATFORM := offscreen
test: ## run the whole test suite
	@$(READY) test
	@$(PY) -m pytest -q

check: ## format, lint, types, who imports whom, lock files
	@$(READY) check
	@$(PY) -m ruff format --quiet --check .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@told=$$($(BIN)/lint-imports 2>&1) || { echo "$$told"; exit 1; }
	@! grep -nE '://|find-links|index-url' requirements.lock requirements-dev.lock

bench: export QT_QPA_PLATFORM := offscreen
bench: ## measure against the limits
	@$(READY) test
	@$(PY) -m tests.bench

shots: ## photograph the screens
	@$(READY) test
	@$(PY) -m tests.shots

lock: ## make the lock files again from requirements.in and requirements-dev.in
	@$(READY) check
	@$(LOCK) requirements.in --output-file requirements.lock
	@$(LOCK) requirements-dev.in --output-file requirements-dev.lock

messages: ## gather the texts of the code into the catalogues and compile them
	@$(READY) check
	@$(CATALOGUE) extract --project motcua-desktop --copyright-holder "the Motcua Desktop authors" --add-location file --no-wrap --sort-by-file --output-file i18n/motcua.pot motcua_desktop ui main.py
	@$(CATALOGUE) update --domain motcua --input-file i18n/motcua.pot --output-dir i18n --no-fuzzy-matching --no-wrap --ignore-pot-creation-date
	@$(READY) check

wheel: ## build dist/*.whl, compiled catalogues included
	@$(READY) check
	@$(PY) -m build --wheel --no-isolation

clean: ## remove what can be made again, but not .venv
	@rm -rf dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +
