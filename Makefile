# Two commands: `make site` builds the site, `make test` runs the tests. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv
BASE_URL ?=

.PHONY: help site test serve check audit clean

help:
	@echo "make site    set up and build the site into site/   (BASE_URL=https://example.org/plans/ to publish there)"
	@echo "make test    set up and run every test"
	@echo "make serve   build, show at http://localhost:8000/ and rebuild on every change"
	@echo "make check   look for mistakes in the data"
	@echo "make audit   look over the packages: used, pinned, licences, known vulnerabilities"
	@echo "make clean   delete what was built or installed here"

site: $(VENV)/site.stamp
	@echo "Building the site …"
	@$(VENV)/bin/python build.py build $(if $(BASE_URL),--base-url $(BASE_URL))
	@echo "Done. The site is in site/; 'make serve' shows it at http://localhost:8000/"

serve: $(VENV)/site.stamp
	@$(VENV)/bin/python build.py serve

check: $(VENV)/site.stamp
	@$(VENV)/bin/python build.py check

audit: $(VENV)/test.stamp
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@$(VENV)/bin/python tests/dependency_audit.py

test: $(VENV)/test.stamp
	@$(VENV)/bin/python tests/find_browser.py --install
	@echo "Running the tests …"
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

$(VENV)/bin/python:
	@echo "Making the virtual environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing what the site needs …"
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing what the tests need …"
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/site.stamp

clean:
	rm -rf $(VENV) site .cache .pytest_cache .mypy_cache .ruff_cache plansite.egg-info
