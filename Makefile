# What can be typed here. Everything is safe to repeat and quick when nothing has changed; the steps stand in deploy/.
.PHONY: help setup setup-dev run test lint bench chaos soak pictures messages lock

help:
	@echo "make run        everything installed, then the service on http://127.0.0.1:8000 (PORT=, HOST=)"
	@echo "make test       all tests: SQLite with browser stories, then PostgreSQL (ARGS= for pytest)"
	@echo "make lint       format, types, translations, migrations, locks"
	@echo "make bench      commit to last screen (SCREENS=1000)"
	@echo "make chaos      a meeting under bad lines and strikes; counts what is lost (MINUTES=, SEED=)"
	@echo "make soak       what takes long: chaos for ten minutes, thousands of histories (MINUTES=, SEED=, ARGS= for pytest)"
	@echo "make pictures   the pictures of docs/ taken anew from a played conference"
	@echo "make setup      only what 'make run' installs"
	@echo "make messages   collect the translatable sentences into locale/"
	@echo "make lock       lock requirements/ and package-lock.json anew"

setup:
	@deploy/setup run

setup-dev:
	@deploy/setup test

run: setup
	@deploy/run

test: setup-dev
	@deploy/test $(ARGS)

lint: setup-dev
	@deploy/lint

bench: setup
	@.venv/bin/python -m bench.fanout --screens $(or $(SCREENS),1000) --json

chaos: setup-dev
	@MINUTES=$(MINUTES) SEED=$(SEED) .venv/bin/python -m tests.chaos

soak: setup-dev
	@MINUTES=$(MINUTES) SEED=$(SEED) deploy/soak $(ARGS)

pictures: setup-dev
	@.venv/bin/python -m tests.pictures

messages: setup-dev
	@deploy/messages

lock: setup-dev
	@deploy/lock $(ARGS)
