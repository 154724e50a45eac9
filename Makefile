# Two commands matter: `make run` and `make test`. Everything is installed from hashed requirements into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test lint types contracts unit stock e2e browser corpus bench fuzz lock remigrate clean

$(VENV)/.run: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run
	@$(BIN)/python -m marketplace.cli run

test: lint types contracts unit stock e2e

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest tests -n 2 --dist loadfile

# what the database enforces, once more on a stock PostgreSQL 15 whose owner is no superuser
stock: $(VENV)/.dev
	@url=$$($(BIN)/python -m tests.support.stock_postgres) || { echo "no stock PostgreSQL to be had here: skipped"; exit 0; }; \
	TEST_ADMIN_URL=$$url $(BIN)/pytest tests/isolation tests/tenants tests/races; code=$$?; \
	$(BIN)/python -m tests.support.stock_postgres --stop; exit $$code

browser: $(VENV)/.dev
	$(BIN)/python -m e2e.browser

e2e: browser
	$(BIN)/pytest e2e

corpus: $(VENV)/.dev
	$(BIN)/python -m bench.corpus

bench: $(VENV)/.dev
	@for file in bench/*.py; do case $$file in bench/_*|bench/corpus.py) ;; *) $(BIN)/python $$file || exit 1 ;; esac; done

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.sourcing.fuzz --count 10000

# uv's resolver, from the package of that name; the files carry hashes and no address. Extras stay written out: without them an older
# pip looks for the newest release of `pydantic[email]`, finds no hash for it, and installs nothing
lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	for f in requirements requirements-dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $$f.in -o $$f.txt; done

remigrate: $(VENV)/.dev
	$(BIN)/python tests/support/remigrate.py

clean:
	rm -rf $(VENV) data build *.egg-info
