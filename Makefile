# make demo   the bot, an example company and a page to try it on, no Slack account needed
# make test   everything that CI runs
# make check  its fast part
# make install   the latido command in .venv/bin; make messages  collect the texts to be translated
# make docs   write docs/metrics.md from the metrics' declarations
# make lock   pin every dependency again; make benchmarks  measure speed

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 3000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links
# A file's tests run in one process: what they share is made once. `make check` is run often: what it compiles is kept.
SPREAD := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo test check static browser install messages docs lock benchmarks clean

demo: .venv/runtime
	@$(BIN)/python -m bot demo --port $(PORT)

test: .venv/development browser static
	$(BIN)/python -m pytest $(SPREAD)

check: export PYTHONDONTWRITEBYTECODE :=
check: .venv/development static
	$(BIN)/python -m pytest $(SPREAD) -m "not slow and not postgresql and not browser"

static: .venv/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The browser tests drive Debian's Chromium; only root can install it, anybody else is told how.
browser:
	@command -v chromium >/dev/null || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null; \
		else \
			echo "The browser tests are skipped: they need Chromium (sudo apt-get install chromium)."; \
		fi

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock | .venv/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock | .venv/bin/python
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@ .venv/runtime

install: .venv/development
	$(PIP) install --no-deps --no-build-isolation --editable .
	@echo "Installed: $(BIN)/latido"

messages: .venv/development
	$(BIN)/python -m commands.ui.locale.update

docs: .venv/development
	$(BIN)/python -m commands.ui.metrics_page

lock: .venv/development
	$(COMPILE) $(UPGRADE) --output-file requirements.lock pyproject.toml
	$(COMPILE) $(UPGRADE) --allow-unsafe --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

benchmarks: .venv/development
	@for file in benchmarks/*.py; do case $$file in */__init__.py|*/books.py) ;; *) echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename $$file .py) || exit 1; esac; done

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
