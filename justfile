# The runner comes from .venv: call `./just`, not a `just` of your own.
set positional-arguments

python := justfile_directory() / ".venv/bin/python"

# List these recipes
[private]
default:
    @"{{ just_executable() }}" --list --unsorted

# Install what is missing and run Tocsin: database, API, worker, web app
[no-exit-message]
up *args: install
    @exec env TOCSIN_STOP_WITH_PARENT=1 "{{ python }}" -m backend.cli up "$@"

# Prove everything quickly; narrow with module=<name>, frontend=<admin|store|storefront> or pytest's own arguments
[no-exit-message]
test *args: install
    @"{{ python }}" tests/run.py test "$@"

# Run all stories: real processes, real kills
[no-exit-message]
stories *args: install
    @"{{ python }}" tests/run.py stories "$@"

# Measure the budgets and write docs/benchmarks.md
[no-exit-message]
bench *args: install
    @"{{ python }}" tests/run.py bench "$@"

# Lint and types only
[no-exit-message]
check: install
    @"{{ python }}" tests/run.py check

# Format everything and mend what can be mended
fmt: install
    @"{{ python }}" -m ruff check --fix --quiet .
    @"{{ python }}" -m ruff format .
    @npm run --silent format

# Renew openapi.json and the typed client made from it
openapi: install
    @"{{ python }}" -m backend.cli openapi openapi.json
    @npm run --silent openapi

# Renew requirements.lock and package-lock.json from pyproject.toml and package.json
lock:
    @.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group dev --output-file requirements.lock pyproject.toml
    @npm install --package-lock-only --no-audit --no-fund

# Install Python and web packages and build the web app, as far as their inputs changed
[no-exit-message]
install:
    @"{{ python }}" .ci/install.py
