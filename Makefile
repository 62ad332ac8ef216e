# Framewright. `make help` lists the targets; Python 3.11 and make are all they need (Docker for `up` and `down`).

SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
# A build of torch without CUDA. Where the index can't be reached, pip's own configuration decides.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
# How many services are tested or checked side by side.
JOBS ?= 2
PYTEST_FLAGS ?= -q

SERVICES := gateway intent-service rag-service embedding-service llm-proxy postprocess-service admin-service
PARTS := $(SERVICES) chassis screenspec client deploy operations

# Where a part lies, and what its own code is called. Recipes run inside that folder.
folder_of = $(or $(folder_$(1)),$(1))
folder_chassis := libs/chassis
folder_screenspec := libs/screenspec
folder_deploy := deploy/local
folder_operations := deploy/operations
package_of = $(or $(package_$(1)),app)
package_chassis := chassis
package_screenspec := screenspec
package_client := framewright
package_deploy := framewright_local
package_operations := framewright_operations
# What mypy checks: packages below `src` are found by MYPYPATH.
sources_of = $(or $(sources_$(1)),$(call package_of,$(1)))
sources_chassis := src/chassis
sources_screenspec := src/screenspec
sources_client := src/framewright
mypy_path_operations := .:../local

# The checkout may lie in a path with blanks: always quoted, never a target's name.
VENV_PYTHON := "$(CURDIR)/.venv/bin/python"
LOCAL_MESH := PYTHONPATH="$(CURDIR)/deploy/local" $(VENV_PYTHON) -m framewright_local
OPERATIONS := PYTHONPATH="$(CURDIR)/deploy/local:$(CURDIR)/deploy/operations" $(VENV_PYTHON) -m framewright_operations
SETUP := "$(PYTHON)" deploy/local/setup_environment.py --torch-index "$(TORCH_INDEX)"

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-zA-Z0-9_%-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  test-<part>        one of: $(PARTS)"

.PHONY: setup setup-dev
setup: ## install everything into .venv (skipped when nothing changed)
	@$(SETUP)

setup-dev: ## setup, and the tools for tests and checks
	@$(SETUP) --dev

.PHONY: run serve stop status
# `$(value …)` and the environment keep the prompt as it was typed, whatever signs it holds.
run: export FRAMEWRIGHT_PROMPT := $(value PROMPT)
run: setup ## PROMPT="…": generate screens into out/ (starts the local mesh where it is not up)
	@test -n "$$FRAMEWRIGHT_PROMPT" || { echo 'usage: make run PROMPT="Task 관리 화면 만들어줘"' >&2; exit 2; }
	@$(LOCAL_MESH) up
	@$(VENV_PYTHON) -m framewright generate --out out -- "$$FRAMEWRIGHT_PROMPT"
	@$(LOCAL_MESH) where

serve: setup ## the local mesh in the foreground
	@$(LOCAL_MESH) serve

stop: ## stop the local mesh
	@if [ -x .venv/bin/python ]; then $(LOCAL_MESH) stop; else echo "Nothing is installed here yet: make setup"; fi

status: ## what runs, and where
	@if [ -x .venv/bin/python ]; then $(LOCAL_MESH) status || true; else echo "Nothing is installed here yet: make setup"; fi

.PHONY: test test-e2e $(PARTS:%=test-%)
test: setup-dev ## the tests of every part, with their coverage
	@$(MAKE) --no-print-directory -k -j $(JOBS) --output-sync=target $(PARTS:%=run-tests-%) run-tests-compose run-tests-tools

.PHONY: test-compose run-tests-compose
test-compose: setup-dev ## the compose stack on a real Docker engine: built, scaled, killed, backed up, restored (minutes)
	@docker compose version > /dev/null || { echo "Docker with Compose is needed here; make test checks the files without it" >&2; exit 1; }
	@FRAMEWRIGHT_COMPOSE_TEST=1 $(MAKE) --no-print-directory PYTEST_FLAGS="$(PYTEST_FLAGS) -rP" run-tests-compose

run-tests-compose:
	@echo "== compose"
	@cd deploy && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS)

.PHONY: run-tests-tools
run-tests-tools:
	@echo "== tools of tests-e2e"
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) unit

$(PARTS:%=test-%): test-%: setup-dev
	@$(MAKE) --no-print-directory run-tests-$*

.PHONY: $(PARTS:%=run-tests-%)
$(PARTS:%=run-tests-%): run-tests-%:
	@echo "== $*"
	@cd $(call folder_of,$*) && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) \
		--cov=$(call package_of,$*) --cov-fail-under=90 --cov-report=term:skip-covered

test-e2e: setup-dev ## the whole mesh as processes, over HTTP only
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS)

.PHONY: test-security
test-security: setup-dev ## attacks on a local mesh: forged requests, paths, archives, XML, injection, other sites, leaks (minutes)
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) security

.PHONY: test-engines
test-engines: setup-dev ## llm-proxy in front of real engines (LLAMA_SERVER, LLAMA_MODEL, VLLM_PYTHON, VLLM_MODEL; minutes)
	@cd llm-proxy && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) -rs tests/real

.PHONY: lint types format
lint: setup-dev ## ruff and the layers of every service
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@for part in $(foreach part,$(PARTS),$(call folder_of,$(part))); do \
		if grep -q importlinter "$$part/pyproject.toml"; then \
			echo "== layers of $$part"; (cd "$$part" && "$(CURDIR)/.venv/bin/lint-imports" --no-logo) || exit 1; \
		fi; \
	done

types: setup-dev ## mypy, strict, once for each part
	@$(MAKE) --no-print-directory -k -j $(JOBS) --output-sync=target $(PARTS:%=run-types-%) run-types-tests-e2e

.PHONY: $(PARTS:%=run-types-%) run-types-tests-e2e
run-types-tests-e2e:
	@echo "== tests-e2e"
	@cd tests-e2e && MYPYPATH=.:../deploy/operations:../deploy/local $(VENV_PYTHON) -m mypy --config-file "$(CURDIR)/pyproject.toml" --allow-untyped-defs \
		--allow-incomplete-defs support conftest.py pipeline faults judge bench evaluations security operations engine_simulator unit fault_table observability \
		load/__main__.py load/words.py load/profiles.py load/report.py load/ten_users.py

$(PARTS:%=run-types-%): run-types-%:
	@echo "== $*"
	@cd $(call folder_of,$*) && MYPYPATH=$(or $(mypy_path_$*),src) $(VENV_PYTHON) -m mypy --config-file "$(CURDIR)/pyproject.toml" \
		$(call sources_of,$*) $$(if [ -d tests ]; then echo tests; fi)

format: setup-dev ## ruff's formatter and its safe mends
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix .

.PHONY: up down dev
up: ## the mesh with Docker Compose
	@deploy/up.sh

dev: ## the mesh with Docker Compose, sources mounted, services restart when they change
	@COMPOSE_FILE=docker-compose.yml:deploy/compose.dev.yml deploy/up.sh

down: ## stop the mesh of Docker Compose (volumes stay)
	@deploy/down.sh

# MESH=local|compose where both run. A passphrase: PASSPHRASE_FILE, or the mesh's own, made on first use. With an age key
# pair instead: RECIPIENT=age1… to back up, IDENTITY=file to restore. KEEP=14: older ones are removed.
.PHONY: backup restore
backup: setup ## TO=folder: database, vectors and keys of the running mesh at one point, encrypted
	@$(OPERATIONS) backup "$(or $(TO),backups)" $(if $(MESH),--mesh $(MESH)) $(if $(KEEP),--keep $(KEEP)) \
		$(if $(PASSPHRASE_FILE),--passphrase-file "$(PASSPHRASE_FILE)") $(if $(RECIPIENT),--recipient $(RECIPIENT))

restore: setup ## FROM=folder: the newest backup there, or that one, into an empty mesh (REPLACE=1 empties it)
	@$(OPERATIONS) restore "$(or $(FROM),backups)" $(if $(MESH),--mesh $(MESH)) $(if $(REPLACE),--replace) \
		$(if $(PASSPHRASE_FILE),--passphrase-file "$(PASSPHRASE_FILE)") $(if $(IDENTITY),--identity "$(IDENTITY)")

.PHONY: downgrade
downgrade: setup ## TO="gateway=0004 admin-service=0003": the local mesh's schemas down to an earlier version's, then stopped
	@$(OPERATIONS) downgrade $(TO)

.PHONY: preflight bundle sbom audit
preflight: setup ## whether this machine can run Framewright, and what to mend (MESH=local|compose)
	@$(OPERATIONS) preflight --mesh $(or $(MESH),compose)

bundle: setup ## TO=folder: checkout, wheels, images and MODELS=folder for a machine without a network (IMAGES=no|yes)
	@$(OPERATIONS) bundle "$(or $(TO),bundle)" --images $(or $(IMAGES),auto) $(if $(MODELS),--models "$(MODELS)") \
		$(if $(TORCH_INDEX),--torch-index "$(TORCH_INDEX)")

# Tools with an environment of their own: what they need is no part of the product.
SBOM_TOOL := cyclonedx-bom==7.5.0
AUDIT_TOOL := pip-audit==2.10.1
TOOLS := .framewright/tools
tool = test -x $(TOOLS)/$(1)/bin/$(2) || { $(VENV_PYTHON) -m venv $(TOOLS)/$(1) \
	&& $(TOOLS)/$(1)/bin/python -m pip install -q --disable-pip-version-check $(3); }

sbom: setup ## out/sbom: what Framewright is made of, as CycloneDX (Python's packages, the console's)
	@$(call tool,sbom,cyclonedx-py,$(SBOM_TOOL))
	@$(OPERATIONS) sbom out/sbom --tool "$(CURDIR)/$(TOOLS)/sbom/bin/cyclonedx-py"

audit: setup ## no secret in what git follows, no known advisory against a package (STRICT=1: fail where none can be asked)
	@$(call tool,audit,pip-audit,$(AUDIT_TOOL))
	@$(OPERATIONS) audit --tool "$(CURDIR)/$(TOOLS)/audit/bin/pip-audit" $(if $(STRICT),--strict)

.PHONY: api-docs
api-docs: setup ## docs/api: the reference of every API, from the openapi.json files
	@$(VENV_PYTHON) deploy/api_reference.py

.PHONY: stack
stack: setup ## the Swarm form of the compose file: TO=stack.yml, REPLICAS="gateway=3 llm-proxy=2"
	@$(OPERATIONS) stack $(if $(TO),--to "$(TO)") $(foreach one,$(REPLICAS),--replicas $(one))

.PHONY: export-training
export-training: setup ## OUT=training.jsonl: what people accepted, as training data (SPLIT=train|test|all, KIND=sft|dpo)
	@$(VENV_PYTHON) -m framewright export-training --out "$(or $(OUT),training.jsonl)" --split "$(or $(SPLIT),all)" --kind "$(or $(KIND),sft)"

.PHONY: bench bench-intent bench-proxy judge score-intent score-repair score-retrieval score-screens
bench: setup-dev ## times of start and of a generation (needs a quiet machine)
	@cd tests-e2e && $(VENV_PYTHON) bench/bench_mesh.py

.PHONY: engine-simulator
engine-simulator: setup ## an engine without a GPU, paced like vLLM (ARGS="--port 8100 …", ARGS=--help)
	@cd tests-e2e && $(VENV_PYTHON) -m engine_simulator $(ARGS)

.PHONY: load load-ten-users test-faults test-observability
# Without URL a mesh of its own is started. Reports: out/load/<profile>/<time>/report.html.
load: setup-dev ## PROFILE=smoke|steady|spike|soak|target: users by the dozen, a report beside the last one (URL, MODEL, SECONDS, WARM_UP, FRESH)
	@cd tests-e2e && $(VENV_PYTHON) -m load --profile $(or $(PROFILE),smoke) $(if $(URL),--url $(URL)) \
		$(if $(MODEL),--model $(MODEL)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(WARM_UP),--warm-up $(WARM_UP)) $(if $(FRESH),--fresh)

load-ten-users: setup-dev ## ten users within a minute on the paced engine, beside the engine alone (quiet machine; minutes)
	@cd tests-e2e && $(VENV_PYTHON) -m load.ten_users $(if $(ROUNDS),--rounds $(ROUNDS))

test-observability: setup-dev ## Prometheus and Alertmanager beside a mesh: every alert fires and is resolved (Debian's packages; ~20 min)
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) -s observability

test-faults: setup-dev ## every row of the fault table, measured (ROWS="engine" for some; WRITE=1: into the docs; ~11 min)
	@cd tests-e2e && $(if $(WRITE),FRAMEWRIGHT_WRITE_FAULTS=1) $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) -s \
		$(if $(ROWS),-k "$(ROWS)") fault_table

.PHONY: chaos-streams bench-mesh
chaos-streams: setup-dev ## 10,000 random disconnects over two gateways that are killed in between (SEED=… repeats one; minutes)
	@cd tests-e2e && $(VENV_PYTHON) chaos/streams.py $(if $(SEED),--seed $(SEED))

bench-mesh: setup-dev ## what the mesh adds to a paced engine, generations beside searches, idle streams (ARGS="--engine-s 12 --parts load …"; quiet machine; minutes)
	@cd tests-e2e && $(VENV_PYTHON) bench/mesh_load.py $(ARGS)

.PHONY: bench-screens
bench-screens: setup-dev ## times of emission and repair, and of the worst inputs (needs a quiet machine)
	@cd postprocess-service && $(VENV_PYTHON) -m evaluation.bench

.PHONY: bench-sizing bench-growth
bench-sizing: setup-dev ## memory of each service, and its processor time for a generation and a search
	@cd tests-e2e && $(VENV_PYTHON) bench/sizing.py

bench-growth: setup-dev ## generations a second with one gateway and more, drawn (quiet machine; minutes)
	@cd tests-e2e && $(VENV_PYTHON) bench/growth.py

.PHONY: bench-sockets
bench-sockets: setup-dev ## 1,000 idle WebSockets and misuse by the hundred: what the gateway's memory does
	@cd tests-e2e && $(VENV_PYTHON) bench/bench_sockets.py

.PHONY: bench-log
bench-log: setup-dev ## 100,000 generations in PostgreSQL: list and search of the log (ROWS=…; needs a quiet machine)
	@cd gateway && $(VENV_PYTHON) -m bench.generation_log $(if $(ROWS),--rows $(ROWS))

bench-proxy: setup-dev ## the LLM proxy beside LiteLLM in the same run (FRAMEWRIGHT_PEERS; needs a quiet machine)
	@cd llm-proxy && $(VENV_PYTHON) bench/peers.py

.PHONY: test-react
test-react: setup-dev ## emitted React screens: types, build, clicks in Chromium (node; CHROMIUM names the browser)
	@cd postprocess-service && $(VENV_PYTHON) -m evaluation.emit --framework react --out ../tests-e2e/react/screens
	@cd tests-e2e/react && npm install --silent && npm run --silent types && npm run --silent build && npm test

bench-search: setup-dev ## times of a search over the shipped knowledge, and of CHUNKS=100000 chunks (needs a quiet machine)
	@cd rag-service && $(VENV_PYTHON) -m evaluation.search_times $(if $(CHUNKS),--chunks $(CHUNKS))

.PHONY: bench-embedding score-code backup-vectors restore-vectors
bench-embedding: setup-dev ## embeddings beside infinity-emb in the same run (FRAMEWRIGHT_EMBEDDING_PEER; needs a quiet machine)
	@cd embedding-service && $(VENV_PYTHON) -m bench.embedding

score-code: setup-dev ## how well code is found, over our own services and two libraries (minutes)
	@cd rag-service && $(VENV_PYTHON) -m evaluation.code_score

# Both need RAG_URL (http://127.0.0.1:8000 unless set) and FRAMEWRIGHT_SERVICE_SECRET of a running mesh.
backup-vectors: setup-dev ## back up the vector store of a running mesh: TO=folder
	@cd rag-service && $(VENV_PYTHON) -m app.features.snapshots.command create \
		&& $(VENV_PYTHON) -m app.features.snapshots.command download --to $(abspath $(or $(TO),backups))

restore-vectors: setup-dev ## restore the vector store of a running mesh: FROM=file
	@cd rag-service && $(VENV_PYTHON) -m app.features.snapshots.command upload $(abspath $(FROM)) \
		&& $(VENV_PYTHON) -m app.features.snapshots.command restore $(notdir $(FROM))

judge: setup-dev ## the five prompts' screens in the real engine (XF_ENGINE, XFRAME_JUDGE)
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) judge

bench-intent: setup-dev ## times of the rules over HTTP (needs a quiet machine)
	@cd intent-service && $(VENV_PYTHON) -m evaluation.bench

.PHONY: morpheme-terms
morpheme-terms: setup-dev ## the vocabulary's Korean names for the morpheme analyser's user dictionary
	@cd intent-service && $(VENV_PYTHON) -m app.vocabulary.export > ../embedding-service/data/terms.txt

.PHONY: score-evaluation
score-evaluation: setup-dev ## evaluations over the mesh: replayed engines ranked, a killed worker, gates (LLAMA_SERVER; minutes)
	@cd tests-e2e && $(VENV_PYTHON) -m pytest $(PYTEST_FLAGS) -s evaluations

score-intent: setup-dev ## how well prompts are understood
	@cd intent-service && $(VENV_PYTHON) -m evaluation.score

score-retrieval: setup-dev ## how well knowledge is found
	@cd rag-service && $(VENV_PYTHON) -m evaluation.score

.PHONY: score-patches
score-patches: setup-dev ## edits of real files, bent as models bend them: applied right, refused, or wrong
	@cd postprocess-service && $(VENV_PYTHON) -m evaluation.patches --each 100

score-repair: setup-dev ## what becomes of faulty answers of engines
	@cd postprocess-service && $(VENV_PYTHON) -m evaluation.repair

# JUDGE=N lets the engine judge N of the screens where XF_ENGINE and XFRAME_JUDGE name it and the judge; -1: all.
score-screens: setup-dev ## every pattern, option and data model, checked; JUDGE=N: in the real engine (XF_ENGINE)
	@cd postprocess-service && $(VENV_PYTHON) -m evaluation.screens --judge $(or $(JUDGE),$(if $(XF_ENGINE),48,0)) \
		$(if $(SEED),--seed $(SEED))

CONSOLE := admin-service/console
# What the end-to-end run starts its own mesh on.
CONSOLE_PORT_BASE ?= 9100

CONSOLE_CHECKS := api-check lint test build

.PHONY: console check-console test-console console-packages $(CONSOLE_CHECKS:%=run-console-%)
console: console-packages ## build the console, which the gateway shows at /console/ (node, or one from PyPI)
	@$(CONSOLE)/scripts/npm.sh run --silent build
	@$(CONSOLE)/scripts/npm.sh run --silent size LoginPage

# As the lock file says; again only where that has changed.
console-packages: setup
	@cd $(CONSOLE) && { cmp -s package-lock.json node_modules/.installed 2> /dev/null \
		|| { scripts/npm.sh ci --silent && cp package-lock.json node_modules/.installed; }; }

check-console: console-packages ## the console without a browser: API types, lint, components, build, size of its first load
	@$(MAKE) --no-print-directory -k -j $(JOBS) --output-sync=target $(CONSOLE_CHECKS:%=run-console-%)
	@$(CONSOLE)/scripts/npm.sh run --silent size LoginPage

$(CONSOLE_CHECKS:%=run-console-%): run-console-%:
	@echo "== console: $*"
	@$(CONSOLE)/scripts/npm.sh run --silent $*

test-console: setup-dev check-console ## the console: check-console, then real Chromium over a local mesh (CHROMIUM)
	@cd $(CONSOLE) && FRAMEWRIGHT_PORT_BASE=$(CONSOLE_PORT_BASE) scripts/npm.sh run --silent e2e

.PHONY: clean
clean: ## stop the mesh; remove its state (database, index, keys), outputs and caches; .venv stays
	@if [ -x .venv/bin/python ]; then $(LOCAL_MESH) purge; fi
	@rm -rf .framewright out .pytest_cache .ruff_cache .mypy_cache
	@find . -name __pycache__ -type d -not -path "./.venv/*" -not -path "./.git/*" -prune -exec rm -rf {} +
