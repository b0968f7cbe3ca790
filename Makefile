# One line per target; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
QUIET := PYTHONWARNINGS=ignore
WORKERS ?= 2
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=winkelstraat.settings.test
# What production asks of its environment, filled with values that open nothing.
PRODUCTION := DJANGO_SETTINGS_MODULE=winkelstraat.settings.production \
  SECRET_KEY=only-for-the-check-0123456789-abcdefghij-klmnopqrst-uvwxyz \
  DATABASE_URL=postgres://localhost/none REDIS_URL=redis://localhost/0 \
  ALLOWED_HOSTS=straat.example EMAIL_URL=smtp://localhost:25 \
  PLACEMENT_KEYS=b25seS1mb3ItdGhlLWNoZWNrLW9ubHktZm9yLWNoZWM= \
  STRIPE_SECRET_KEY=sk_test_none STRIPE_WEBHOOK_SECRETS=whsec_none TRUSTED_PROXIES=1

.PHONY: help demo test lint bench messages clean chromium pango
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: $(INSTALLED) pango ## open the street at http://127.0.0.1:8000 until Ctrl-C
	@$(QUIET) $(BIN)/python manage.py demo $(DEMO)

test: $(INSTALLED) chromium pango ## run every test, those in a browser too
	@$(QUIET) $(BIN)/python manage.py messages compile
	@$(QUIET) $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(TESTS)

lint: $(INSTALLED) ## check style, types, caps, imports, templates, translations, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy winkelstraat dorpen ketens
	$(QUIET) $(BIN)/lint-imports
	$(BIN)/python tests/architecture/caps.py
	$(BIN)/djade --check --target-version 5.2 $$(find themes -name '*.html')
	$(QUIET) $(TEST_SETTINGS) $(BIN)/python manage.py messages check
	$(QUIET) $(TEST_SETTINGS) $(BIN)/python manage.py makemigrations --check --dry-run
	$(QUIET) $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(INSTALLED) ## measure pages against an empty view; prints ratios
	@$(QUIET) $(BIN)/python -m pytest -q -s -p no:xdist tests/bench $(TESTS)

messages: $(INSTALLED) ## update and compile the Dutch and English catalogues
	$(QUIET) $(BIN)/python manage.py messages update
	$(QUIET) $(BIN)/python manage.py messages compile

clean: ## remove the environment and all data of the demo and the tests
	-@for file in .data/*/postmaster.pid; do [ -f $$file ] && kill -INT $$(head -1 $$file); done
	rm -rf .venv .data .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian brings venv in a package of its own; as root it is fetched, else we say so.
.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || { \
	  echo "Install python3-venv first: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

$(INSTALLED): requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

chromium:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium; } || { \
	  echo "************************************************************"; \
	  echo "No Chromium: the journeys in tests/journeys will be SKIPPED."; \
	  echo "Install it with: apt-get install chromium"; \
	  echo "************************************************************"; }

# Invoices are drawn as PDF with Pango; everything else works without it.
pango:
	@ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || { \
	  [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	  apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } || { \
	  echo "************************************************************"; \
	  echo "No Pango: invoices are kept, but their PDF cannot be made."; \
	  echo "Install it with: apt-get install libpangoft2-1.0-0"; \
	  echo "************************************************************"; }
