# `make` alone lists the tasks.
.DEFAULT_GOAL := help
.PHONY: help up demo test lint format types contracts pins schema docs web pages ci hooks

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## Start everything: servers, API, WhatsApp service, worker, simulator
	bin/nexus up

demo: ## Play one conversation from the first message to the client
	bin/nexus demo

test: ## Run the tests (make test ARGS="tests/unit -k phone")
	bin/test $(ARGS)

lint: ## Judge style and formatting
	uv run ruff check
	uv run ruff format --check

format: ## Put the code into shape
	uv run ruff check --fix
	uv run ruff format

types: ## Check types, strictly, tests included
	uv run basedpyright

contracts: ## Check the direction of imports
	uv run lint-imports --no-logo

pins: ## Write the resolved versions into pyproject.toml
	uv run python tools/pin.py

schema: ## Describe the API anew and generate the web app's types from it
	uv run python -m tools.openapi
	uv run python -m tools.npm ci --prefix web/codegen
	uv run python -m tools.npm run --prefix web schema

docs: ## Write the permission table into docs/permissions.md
	uv run python -m tools.permissions

web: ## Judge the web app: types, lint, tests
	uv run python -m tools.npm ci --prefix web
	uv run python -m tools.npm run --prefix web check

pages: ## Tell every page's stories in a browser (about fifteen minutes)
	bin/test -m pages

hooks: ## Run the checks of a commit before each commit
	uv run pre-commit install

ci: ## All that .ci/run does: lint, format, types, contracts, tests
	.ci/run
