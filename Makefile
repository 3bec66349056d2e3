# The two commands for newcomers are "make demo" and "make test". Both set up what they need, in .venv.
.DEFAULT_GOAL := help
.PHONY: bench bench-mysql brand clean core-tests demo demo-reset docs extract_translations format free-port frontend fuzz \
	help matrix package package-frontend page plugin-quality quality quality-frontend races requirements screenshots \
	test test-browser test-docs \
	test-frontend test-mysql test-previews test-tutor try-make-it-yours try-upgrade upgrade validate

EXAMPLES ?= 1000
PARALLEL ?= 2
PORT ?= 8000
RACE_ROUNDS ?= 300
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# With the LMS, too, and the apps that only the LMS loads: the workbench by itself is a Studio.
MANAGE_ALL := DJANGO_SETTINGS_MODULE=workbench.lms.settings $(MANAGE)
# Finds Node.js. Not everybody has it, and without it there is still much to try.
WITH_NODE := scripts/with_node
export NODE
export CHROMIUM
# Container images like to set it. Nothing is compiled while installing (see below), so each start of a process would
# compile all that it imports, which takes longer than most of what is done here.
unexport PYTHONDONTWRITEBYTECODE

help: ## list the targets
	@awk -F ':.*?## ' '/^[a-z-]+:.*## / {printf "  \033[36m%-17s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Set-up -----------------------------------------------------------------------------------------------------------

# Installing takes minutes, so it shows progress. The filter hides setuptools' notice about every editable install,
# which pip shows in a box. Python compiles what it imports; to compile all of it now would take a minute more.
PIP_INSTALL := install --disable-pip-version-check --progress-bar off --no-compile
WITH_PROGRESS := PYTHONWARNINGS="ignore:Editable installation" scripts/with_progress

requirements: .venv/ready ## install the required packages into .venv

# The package itself is installed editable and without its dependencies: those are in the locked list.
.venv/ready: requirements/dev.txt pyproject.toml scripts/find_python
	@if [ -L .venv ]; then echo ".venv is a link, and this would empty what it leads to: remove it first." >&2; exit 1; fi
	@python=$$(scripts/find_python) || exit 1; \
	echo "Setting up .venv with $$python ..."; \
	"$$python" -m venv --clear .venv
	@$(WITH_PROGRESS) $(BIN)/pip $(PIP_INSTALL) -r requirements/dev.txt
	@$(WITH_PROGRESS) $(BIN)/pip $(PIP_INSTALL) --no-deps --editable .
	@touch $@

# Large, and not for everybody.
.venv/browser: .venv/ready requirements/browser.txt
	@$(WITH_PROGRESS) $(BIN)/pip $(PIP_INSTALL) -r requirements/browser.txt
	@touch $@

# The platform's XBlocks, for the workbench's preview: large, and "make test" does without.
.venv/previews: .venv/ready requirements/previews.txt
	@$(WITH_PROGRESS) $(BIN)/pip $(PIP_INSTALL) -r requirements/previews.txt
	@touch $@

# For "make docs" only.
.venv/docs: .venv/ready requirements/docs.txt
	@$(WITH_PROGRESS) $(BIN)/pip $(PIP_INSTALL) -r requirements/docs.txt
	@touch $@

# Tutor and its many dependencies stay out of the platform's environment, as they do on an operator's machine.
tutor/.venv/ready: requirements/tutor.txt tutor/pyproject.toml scripts/find_python
	@python=$$(scripts/find_python) || exit 1; \
	echo "Setting up tutor/.venv with $$python ..."; \
	"$$python" -m venv --clear tutor/.venv
	@$(WITH_PROGRESS) tutor/.venv/bin/pip $(PIP_INSTALL) -r requirements/tutor.txt
	@$(WITH_PROGRESS) tutor/.venv/bin/pip $(PIP_INSTALL) --no-deps --no-build-isolation --editable tutor
	@touch $@

# Whatever was there before is thrown away, so this is for a changed lock file only.
frontend/node_modules/ready: frontend/package-lock.json
	@echo "Installing the front end's packages, which takes a minute or two ..."
	@$(WITH_PROGRESS) $(WITH_NODE) npm --prefix frontend ci --loglevel=error --no-audit --no-fund --no-progress
	@touch $@

upgrade: requirements ## lock the newest versions that pyproject.toml and requirements/*.in allow
	@for name in dev newest verawood; do \
		$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-header --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host pyproject.toml requirements/$$name.in \
			--output-file requirements/$$name.txt || exit 1; \
	done
	@for name in browser docs previews; do \
		$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-header --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host requirements/$$name.in --output-file requirements/$$name.txt \
			|| exit 1; \
	done
	@$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-header --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra mfe tutor/pyproject.toml requirements/tutor.in \
		--output-file requirements/tutor.txt
	@# The same versions, as far as the small plugin needs them.
	@cd scripts/small_plugin && for name in "dev pyproject.toml" tutor; do \
		set -- $$name; \
		../../$(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --no-header --no-annotate \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --constraint ../../requirements/$$1.txt \
			requirements/$$1.in $$2 --output-file requirements/$$1.txt || exit 1; \
	done

# --- Try it -----------------------------------------------------------------------------------------------------------

free-port:
	@scripts/free_port "$(PORT)"

demo: free-port requirements ## serve the workbench with demo content at http://127.0.0.1:8000 (PORT=...)
	@if $(WITH_NODE) true; then \
		$(MAKE) --no-print-directory page || echo "Studio's page could not be built: going on without it." >&2; \
	else \
		echo "Going on with the plain pages, which show nothing of the front end." >&2; \
	fi
	@$(MAKE) --no-print-directory .venv/previews || echo "Going on without previews of components." >&2
	@$(MANAGE_ALL) migrate --verbosity 0
	@$(MANAGE_ALL) demo --port $(PORT)
	@echo; echo 'Stop with Ctrl+C. "make demo" goes on where you were, "make demo-reset" starts over.'; echo
	@WORKBENCH_YAML=$${WORKBENCH_YAML:-scripts/demo.yaml} $(MANAGE_ALL) runserver $(PORT)

demo-reset: ## throw the demo's data away and start over
	rm -rf workbench/var
	@$(MAKE) demo

# What goes into the page. Folders too, which change when a file comes or goes.
PAGE_SOURCES := frontend/package.json frontend/scripts scripts/build_page \
	$(shell find frontend/src frontend/workbench \( -name dist -o -name node_modules \) -prune -o -print)

page: frontend/workbench/dist/index.html ## build the stand-in for Studio's front end that the workbench serves
	@:

frontend/workbench/dist/index.html: frontend/node_modules/ready $(PAGE_SOURCES)
	@echo "Building the page, which takes a minute the first time ..."
	@$(WITH_NODE) scripts/build_page
	@touch $@

# --- Test it ----------------------------------------------------------------------------------------------------------

test: requirements ## run the tests against the newest openedx-core, and the front end's tests
	@$(BIN)/python scripts/run_tests

test-previews: .venv/previews ## run the tests of the workbench's previews, for which "make test" lacks the XBlocks
	$(BIN)/pytest tests/test_workbench_preview.py tests/test_reviewed_by.py

test-frontend: frontend/node_modules/ready ## run the front end's tests only
	$(WITH_NODE) npm --prefix frontend test

test-browser: .venv/browser .venv/previews page ## run the browser tests (they need Chromium and take a few minutes)
	@scripts/find_chromium > /dev/null
	$(BIN)/pytest tests/browser $(BROWSER)

# Every state is in build/screenshots then.
screenshots: test-browser ## run the browser tests, and keep the pictures that docs/screenshots/README.rst shows
	rm -f docs/screenshots/*.png
	cd build/screenshots && cp $$(grep -o '[a-z0-9-]*\.png' ../../docs/screenshots/README.rst) ../../docs/screenshots

# What is in slots takes Node.js, and says so where it is left out.
test-tutor: requirements tutor/.venv/ready ## run the tests of the Tutor plugin, without Docker (TUTOR="-m 'not long'")
	@if $(WITH_NODE) true; then \
		$(MAKE) --no-print-directory frontend/node_modules/ready; \
	else \
		echo "*** The tests of what Tutor gives to Studio's front end are LEFT OUT, for lack of Node.js. ***" >&2; \
	fi
	cd tutor && .venv/bin/pytest $(TUTOR)

matrix: requirements ## run the tests against the oldest and the newest supported versions
	@# pyenv hides the Pythons that .python-version does not name; tox may use them all the same.
	$(BIN)/tox run-parallel --parallel $(PARALLEL) --parallel-no-spinner \
		$(addprefix --discover ,$(wildcard $(HOME)/.pyenv/versions/3.1[2-9]*/bin/python)) $(TOX)

core-tests: requirements ## run openedx-core's own tests with the plugin, with the gate off and on
	$(BIN)/python -m tests.core_suite

try-upgrade: ## upgrade a filled database from the oldest openedx-core to the newest (after "make matrix")
	scripts/try_upgrade

try-make-it-yours: requirements ## run the commands of docs/how-tos/make_it_yours.rst in copies, and test the results
	$(BIN)/python scripts/try_make_it_yours

# On a temporary server, or on the one in DATABASE_URL. MySQL is fetched the first time: scripts/get_mysql.
test-mysql: requirements ## run the tests on MariaDB (DATABASE_SERVER=mysql: on MySQL; MYSQL="-m essential")
	scripts/with_database $(BIN)/pytest -m "not once and not any_database" --ignore=tests/model tests $(MYSQL)

# One seed is one story; another tells another: RACE_SEED=2.
races: requirements ## run the tests of simultaneous actions and of crashes for long, on MariaDB (RACE_ROUNDS=1000)
	RACE_ROUNDS=$(RACE_ROUNDS) RACE_FAULT_STEP=1 scripts/with_database $(BIN)/pytest tests/races -s

# What was found once is tried first the next time: it is kept in .hypothesis.
fuzz: requirements ## run the long searches (EXAMPLES=... histories of the model; FUZZ=--hypothesis-seed=...)
	FUZZ_EXAMPLES=$(EXAMPLES) HOSTILE_STEP=1 $(BIN)/pytest tests/model tests/test_rest_hostile.py tests/test_openapi.py \
		tests/test_conversation_anchors.py -rP $(FUZZ)

docs: .venv/docs ## build the documentation: build/docs/index.html
	$(BIN)/sphinx-build -E -W --keep-going --quiet docs build/docs
	@echo "It is at build/docs/index.html"

# Takes Node.js, Chromium and a few minutes: the labs are done from the first to the last, in a copy of this checkout.
test-docs: .venv/browser ## run every command and example in README.rst and the documentation, and compare the output
	$(BIN)/pytest README.rst docs

bench: requirements ## measure what the plugin costs (BENCH="--sizes 100 1000 --rounds 3" for a short run)
	$(BIN)/python -m benchmarks.publish $(BENCH)
	$(BIN)/python -m benchmarks.listing $(BENCH)
	$(BIN)/python -m benchmarks.difference $(BENCH)
	$(BIN)/python -m benchmarks.audit $(BENCH)
	$(BIN)/python -m benchmarks.my_reviews $(BENCH)
	$(BIN)/python -m benchmarks.imports $(BENCH)
	$(BIN)/python -m benchmarks.memory $(BENCH)

bench-mysql: requirements ## measure the same on MariaDB (DATABASE_SERVER=mysql: on MySQL)
	scripts/with_database $(MAKE) --no-print-directory bench BENCH="$(BENCH)"

plugin-quality: requirements ## check the rules of a good plugin (PLUGIN=../another for those that its files show)
	@$(BIN)/python scripts/plugin_quality $(PLUGIN)

format: requirements ## put imports and lines in order, as "make quality" wants them
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

quality: requirements tutor/.venv/ready ## lint, types, layers, migrations, PII annotations, on both sides
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd tutor && .venv/bin/mypy
	$(BIN)/lint-imports --config setup.cfg
	$(MANAGE_ALL) makemigrations --check --dry-run
	$(MANAGE_ALL) check --fail-level WARNING
	$(BIN)/code_annotations static_find_annotations --config_file .pii_annotations.yml --lint
	@if $(WITH_NODE) true; then \
		$(MAKE) --no-print-directory quality-frontend; \
	else \
		echo "*** The front end's checks were LEFT OUT, for lack of Node.js. ***" >&2; \
	fi

quality-frontend: requirements frontend/node_modules/ready ## check the front end's lint, types and theme only
	$(WITH_NODE) npm --prefix frontend run lint
	$(WITH_NODE) scripts/frontend_types --check
	$(WITH_NODE) scripts/build_brand --check

frontend: frontend/node_modules/ready ## build the npm package, and print its size
	$(WITH_NODE) npm --prefix frontend run build

brand: frontend/node_modules/ready ## compile the theme in brand/ with Paragon's tool
	$(WITH_NODE) scripts/build_brand

package-frontend: frontend/node_modules/ready ## load the packed npm package beside Studio's packages
	$(WITH_NODE) scripts/try_tarball

extract_translations: ## extract the front end's texts, as openedx-translations does; see frontend/Makefile
	$(WITH_NODE) $(MAKE) -C frontend extract_translations

package: requirements ## build the wheel, install it into a clean environment and load it there
	scripts/try_wheel $(BIN)/python

validate: quality test test-tutor matrix package ## run all checks that work on any machine

clean: ## remove everything that was built or downloaded, but keep the demo's data
	rm -rf frontend/node_modules frontend/dist frontend/workbench/node_modules frontend/workbench/dist
	rm -rf tutor/.venv tutor/build tutor/*.egg-info tutor/.mypy_cache tutor/.pytest_cache
	rm -rf .venv .tox .mysql build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis pii_report
