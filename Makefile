# Sojourn: what there is to do. `make help` lists it.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
SOJOURN_DATA ?= $(CURDIR)/var
BIN := .venv/bin
IN_VENV := PATH="$(CURDIR)/$(BIN):$$PATH"
export HOST PORT SOJOURN_DATA

# The tests keep their files to themselves, away from a site that is running.
TEST_ENV := SOJOURN_DATA="$(CURDIR)/build/test" DJANGO_SETTINGS_MODULE=training.settings.test
TEMPLATES = $(shell git ls-files --cached --others --exclude-standard 'templates/*.html')
LOCK := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run dev prepare test check lint types floors migrations test-sqlite test-postgresql \
	format messages measure lock upgrade clean environment environment-dev

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | \
		awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

run: environment ## Set everything up and serve the site on HOST:PORT (127.0.0.1:8000)
	@$(BIN)/python scripts/prepare.py --static
	@exec $(BIN)/python scripts/serve.py

dev: environment-dev ## Serve the site and reload it when the source changes
	@$(BIN)/python scripts/prepare.py
	@DJANGO_SETTINGS_MODULE=training.settings.dev exec $(BIN)/python manage.py runserver $(HOST):$(PORT)

prepare: environment ## Migrate, load the demo and collect the static files in any case
	@$(BIN)/python scripts/prepare.py --static --always

test: check test-postgresql test-sqlite ## Run every check there is, browser and databases included

check: lint types floors migrations ## Run the checks that need no database

lint: environment-dev ## Check style and formatting of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 --check $(TEMPLATES))

types: environment-dev ## Check the types
	$(TEST_ENV) $(BIN)/mypy .

floors: environment-dev ## Check that every import between rooms runs down
	$(BIN)/lint-imports

migrations: environment-dev ## Check that no migration is missing
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run

test-postgresql: environment-dev ## Run the tests, but the browser's, on a PostgreSQL of their own
	$(TEST_ENV) $(BIN)/python scripts/postgresql.py \
		$(BIN)/pytest -q -n 2 --create-db --no-cov -m "not browser"

test-sqlite: environment-dev ## Run all the tests on SQLite and measure their coverage
	@chromium="$$($(BIN)/python scripts/chromium.py)" && \
		$(TEST_ENV) SOJOURN_CHROMIUM="$$chromium" $(BIN)/pytest -q --create-db --no-cov -m browser
	$(TEST_ENV) $(BIN)/pytest -n 2 --create-db --cov --cov-report=term:skip-covered -m "not browser"

format: environment-dev ## Format Python and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 $(TEMPLATES))

messages: environment ## Renew the catalogues in locale/ from the strings of the source
	@$(BIN)/python scripts/messages.py renew

measure: environment-dev ## Print sizes, query counts and times
	@$(BIN)/python benchmarks/source.py
	@$(BIN)/python benchmarks/pages.py

lock: environment ## Write the lock files anew from requirements/*.in, keeping what they pin
	@for level in installer base prod dev; do \
		$(LOCK) $(UPGRADE) requirements/$$level.in --output-file requirements/$$level.txt || exit 1; done

upgrade: ## Write the lock files anew with the newest versions allowed
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

clean: ## Remove what was built; the site's data in var/ stays
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@test -n "$(PYTHON)" || { echo "Sojourn needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) scripts/environment.py prod

environment-dev:
	@test -n "$(PYTHON)" || { echo "Sojourn needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) scripts/environment.py dev
