# Every target makes what it needs: a newcomer types `make demo` or `make test` first.
PYTHON ?= python3.11
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Adds up what pip says of each package, like "Downloading x.whl (3.2 MB)".
DOWNLOADED = /(Downloading|Using cached|Processing).*\([0-9.]+ [kM]B\)/ { \
  split(substr($$0, index($$0, "(") + 1), size, " "); mb += size[1] * (size[2] ~ /^k/ ? 0.001 : 1) } \
  END { printf "%.0f", mb }

# The tests start many processes: what they run is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo setup test check bench soak pictures translations drawings

# The demo installs only what running needs.
demo: .venv/run
	@$(BIN)/python -m bot demo

setup: .venv/dev

# Many tests wait more than they compute: five workers keep two cores busy.
test: .venv/dev tests/slack/node_modules
	@$(BIN)/python -m pytest -m "not soak" -n 5 --dist loadgroup

# The second opinion on Slack; without Node the last lines of the tests say that it did not run.
tests/slack/node_modules: tests/slack/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/slack --silent --no-audit --no-fund && touch $@ || true; fi

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy bot flows locales storage tests
	$(BIN)/lint-imports
	$(BIN)/python -m bot check

soak: .venv/dev
	$(BIN)/python -m pytest -m soak --timeout 3600

bench: .venv/dev
	$(BIN)/python -m tests.benchmarks.bench_turn
	$(BIN)/python -m tests.benchmarks.bench_telegram
	$(BIN)/python -m tests.benchmarks.bench_slack
	$(BIN)/python -m tests.benchmarks.bench_reports
	$(BIN)/python -m tests.benchmarks.bench_cashback

pictures: .venv/dev
	$(BIN)/python -m tests.browser.pictures
	$(BIN)/python -m tests.slack.pictures

translations: .venv/dev
	$(BIN)/python -m locales.extract

drawings: .venv/dev
	$(BIN)/python -m bot draw

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Solardesk needs Python 3.11 or newer: make demo PYTHON=python3.12, for example."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what the demo needs (once) ..."
	@started=$$(date +%s); \
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --constraint constraints.txt \
	  --editable . > .venv/install.log && \
	echo "Installed in $$(( $$(date +%s) - started )) s, $$(awk '$(DOWNLOADED)' .venv/install.log) MB downloaded."
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what the tests need (once) ..."
	@$(INSTALL) --editable '.[dev,postgres,slack,telegram]'
	@touch .venv/run $@
