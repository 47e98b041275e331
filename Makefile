# Two commands: `make run` opens the explorer on the sample articles, `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# As a module, which finds the extractors of this tree (babel.cfg) first.
BABEL := $(BIN)/python -m babel.messages.frontend
STAMP := $(VENV)/.installed-for-users
DEV_STAMP := $(VENV)/.installed-for-work
PEERS_STAMP := $(VENV)/.installed-for-peers
FUZZ_STAMP := $(VENV)/.installed-for-fuzzing
KHABAR_ARGS ?=
DATA ?=
N ?=
OUT ?=
CORPUS ?=
TRAIN_ARGS ?=
SECONDS ?= 60
SEED ?=
RUNS ?=
TARGETS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint check locale man format bench bench-entities bench-ingest bench-scale bench-peers faults corpus models fuzz \
	screens clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV_STAMP): pyproject.toml $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(PEERS_STAMP): pyproject.toml $(DEV_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

$(FUZZ_STAMP): pyproject.toml $(DEV_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	@touch $@

run: $(STAMP) ## set up and open the explorer on the five sample articles
	$(BIN)/khabar --sample $(KHABAR_ARGS)

test: $(DEV_STAMP) ## set up and run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(DEV_STAMP) ## format, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## lint and test

locale: $(DEV_STAMP) ## after changing a message: collect messages and compile their translations
	mkdir -p build
	$(BABEL) -q extract -F babel.cfg -k N_ -k NN_:1,2 --no-location --sort-output -o build/khabar.pot .
	$(BABEL) -q update -D khabar -i build/khabar.pot -d tui/locale -l ar --no-fuzzy-matching
	$(BABEL) -q compile -D khabar -d tui/locale

man: $(DEV_STAMP) ## after changing a command or its help: the manual page
	$(BIN)/python -c "from tui.cli.manual import write; print(write())"

format: $(DEV_STAMP) ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_STAMP) ## print the measured figures (start, layout, extraction)
	$(BIN)/python -m tests.bench

bench-entities: $(DEV_STAMP) ## print the figures of the name recognisers (DATA= for those on unseen news)
	KHABAR_DATA=$(DATA) $(BIN)/python -m tests.bench entities

models: $(STAMP) ## train the name recognisers anew from DATA, some hours (see docs/entities.md)
	@test -n "$(DATA)" || { echo "models: name the folder with the data: make models DATA=path/to/data" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m store.training $(DATA) $(TRAIN_ARGS)

corpus: $(DEV_STAMP) ## a corpus of N articles in OUT, made of sentences of real ones (DATA=), to measure on
	@test -n "$(N)" -a -n "$(OUT)" || { echo "corpus: say how large and where: make corpus N=100000 OUT=file.db" >&2; exit 2; }
	KHABAR_DATA=$(DATA) $(BIN)/python -m tests.bench.corpus $(N) $(OUT)

bench-ingest: $(DEV_STAMP) ## print how fast documents come in (DATA= for real articles)
	KHABAR_DATA=$(DATA) $(BIN)/python -m tests.bench ingest

bench-scale: $(DEV_STAMP) ## print how a large corpus (CORPUS=, made by `make corpus`) answers
	KHABAR_CORPUS=$(CORPUS) $(BIN)/python -m tests.bench scale

faults: $(DEV_STAMP) ## kill adding at two hundred random moments (KILLS=)
	$(BIN)/python -m tests.faults $(KILLS)

bench-peers: $(PEERS_STAMP) ## print how khabar and other engines answer on one corpus (CORPUS=), see docs/bench.md
	KHABAR_CORPUS=$(CORPUS) $(BIN)/python -m tests.bench peers

fuzz: $(FUZZ_STAMP) ## feed hostile input to every reader and cleaner for SECONDS (or to some: TARGETS=)
	SEED=$(SEED) RUNS=$(RUNS) $(BIN)/python -m tests.fuzz $(SECONDS) $(TARGETS)

screens: $(DEV_STAMP) ## take pictures in real terminals under Xvfb (Debian: see tests/screens/README.md)
	$(BIN)/python -m tests.screens.shoot

clean: ## remove what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
