# One command each. Everything a command needs, it installs itself (see packaging/set-up).
.PHONY: help run test check unit bench bench-peers tour lock clean
.DEFAULT_GOAL := help
BIN := .venv/bin

help:  ## say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null || sed -nE 's/^([a-z-]+):.*## (.*)/  make \1  \2/p' $(MAKEFILE_LIST)

run:  ## start the journal; on a machine without a display, play the tour
	@packaging/set-up run
	@if $(BIN)/python -c 'import sys; from ui.display import has_display; sys.exit(not has_display())'; then $(BIN)/integration-journal; \
	else echo "— No display here, so this plays the tour instead."; $(MAKE) --no-print-directory tour; fi

tour:  ## drive the real window through the whole path and keep a picture of each screen
	@packaging/set-up run
	@mkdir -p tour && $(BIN)/integration-journal tour "tour/$$(date +%Y-%m-%d-%H%M%S)"

test: check unit  ## every check and every test

check:  ## style, types, directions
	@packaging/set-up test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

unit:  ## the tests alone
	@packaging/set-up test
	$(BIN)/pytest -q

bench:  ## timings, as ratios within one run
	@packaging/set-up test
	$(BIN)/python -m benchmarks

bench-peers:  ## the same beside other programs, which are installed for it
	@packaging/set-up test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-build-isolation --editable '.[peers]'
	@rm -f .venv/.made-for-*  # they may have changed a pinned package: the next command puts it back
	$(BIN)/python -m benchmarks

lock:  ## resolve the pinned packages anew (needs uv)
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header --upgrade -o packaging/requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header -c packaging/requirements.lock -o packaging/requirements-dev.lock

clean:  ## remove the environment and what tools left behind
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
