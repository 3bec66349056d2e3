# The two commands for newcomers are "make demo" and "make test". Both set up what they need, in .venv.
.DEFAULT_GOAL := help
.PHONY: bench check clean demo demo-reset help matrix package quality requirements test test-mysql upgrade validate

PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

help: ## show what there is
	@awk -F ':.*?## ' '/^[a-z-]+:.*## / {printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Set-up -----------------------------------------------------------------------------------------------------------

requirements: .venv/ready ## install what is needed into .venv

# The package itself is installed editable and without its dependencies: those are in the locked list.
.venv/ready: requirements/dev.txt pyproject.toml scripts/find_python
	@python=$$(scripts/find_python) || exit 1; \
	echo "Setting up .venv with $$python ..."; \
	"$$python" -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

upgrade: requirements ## lock the newest versions that pyproject.toml and requirements/*.in allow
	@for name in dev newest verawood; do \
		$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-header --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host pyproject.toml requirements/$$name.in \
			--output-file requirements/$$name.txt || exit 1; \
	done

# --- Try it -----------------------------------------------------------------------------------------------------------

demo: requirements ## serve the workbench with demo content at http://127.0.0.1:8000 (PORT=... for another port)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo --port $(PORT)
	@sed 's/8000/$(PORT)/g' scripts/try_this.txt
	@$(MANAGE) runserver $(PORT)

demo-reset: ## throw the demo's data away and start over
	rm -rf workbench/var
	@$(MAKE) demo

# --- Test it ----------------------------------------------------------------------------------------------------------

test: requirements ## run the tests, against the newest openedx-core
	$(BIN)/pytest

matrix: requirements ## run the tests against both ends of what is supported
	@# pyenv hides the Pythons that .python-version does not name; tox may use them all the same.
	$(BIN)/tox run $(addprefix --discover ,$(wildcard $(HOME)/.pyenv/versions/3.1[2-9]*/bin/python)) $(TOX)

test-mysql: requirements ## run the tests on MariaDB: DATABASE_URL's, or a throw-away one of its own
	scripts/with_mariadb $(BIN)/pytest

bench: requirements ## measure what the plugin costs
	$(BIN)/python -m benchmarks.publish $(BENCH)
	$(BIN)/python -m benchmarks.listing $(BENCH)

quality: requirements ## lint, types, layers, migrations, PII annotations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	$(BIN)/code_annotations static_find_annotations --config_file .pii_annotations.yml --lint

package: requirements ## build the wheel, install it into a clean environment and load it there
	scripts/try_wheel $(BIN)/python

validate: quality test matrix package ## everything that can be checked on any machine

clean: ## remove what was built or downloaded; the demo's data stays
	rm -rf .venv .tox build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache pii_report
