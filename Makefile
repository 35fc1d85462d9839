# Everything needed comes from requirements.txt; the only things to have are Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

reports: .venv/ready  ## render every page and say where the index is
	$(BIN)/chainregistry render

test: .venv/ready  ## run the whole suite: unit, data, rendering, and the notebooks themselves
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --ignore=tests/test_lab.py
	$(BIN)/pytest tests/test_lab.py  # a real JupyterLab, which wants the machine for itself

lab: .venv/ready  ## open JupyterLab on the guided tour; it asks the network for nothing
	$(BIN)/jupyter trust notebooks/*.ipynb notebooks/lessons/*.ipynb > /dev/null  # else it shows no stored drawing
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) --ServerApp.root_dir=. --LabApp.app_settings_dir=.jupyter notebooks/00-start-here.ipynb

lessons: .venv/ready  ## write the student editions of the lessons to lessons/
	$(BIN)/chainregistry lessons

lint: .venv/ready  ## check the style of code, and whether the notebooks of pages can be read
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m nbpages.style chainregistry.collection:Register

docs: .venv/ready  ## bring stored notebooks, data dictionary and README up to date
	$(BIN)/python -m chainregistry.documents

licences: .venv/ready  ## write the table of licences of all that is needed to run
	$(BIN)/python -m chainregistry.licences

bench: .venv/ready  ## measure speed, as ratios
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .bench -r tests/rivals.txt
	for bench in tests/bench_*.py; do $(BIN)/python $$bench; done

mutants: .venv/ready  ## change each module that computes in 20 ways: do its tests notice? An hour; M="bounds facts" for some
	$(BIN)/pip install --quiet --disable-pip-version-check -e .[mutants]
	$(BIN)/python tests/mutate.py $(M)

requirements: .venv/ready  ## pin everything anew from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --extra cluster --universal --python-version 3.11 --no-header --no-annotate --quiet --output-file requirements.txt
	echo "-e ." >> requirements.txt

.venv/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + " (try: make PYTHON=python3.12)")'
	@echo "Installing what is needed into .venv: about a gigabyte, some minutes, the first time and when it changes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	-$(BIN)/python -m compileall -q -j 0 .venv/lib src  # pip would compile on one core, and each process anew what is not
	touch $@

.PHONY: help reports test lab lessons lint docs licences bench mutants requirements
