# Every target first brings in what it misses: system libraries, uv, the environment in .venv.
# Second runs skip what is there; a changed lock or pyproject.toml is installed again.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Extra arguments: for the program (run), pytest (test), the benchmark (bench) or uv (lock).
ARGS ?=
PYTHON ?= python3

BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
# Hospitals often inspect TLS with a root certificate of their own, which only the system's store has.
export UV_SYSTEM_CERTS := 1
# Use the Python that is installed; never fetch another.
export UV_PYTHON_DOWNLOADS := never
export UV_NO_CONFIG := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# An environment whose Python is gone (the system's was replaced) is of no use, nor are its stamps.
$(shell test -x .venv/bin/python || rm -rf .venv)

SOURCES := $(shell find dlicalc -name '*.py' 2>/dev/null)

.PHONY: help run test check catalogues manifest bench growth faults monkey screenshots lock clean system
.PHONY: bundle bundle-test bundle-windows bench-bundle

help:
	@echo 'make run     start the program; without a display, evaluate and print the example case'
	@echo 'make test    run the tests'
	@echo 'make check   lint, format, types, import rules, catalogues and resource manifest'
	@echo 'make catalogues  bring new sentences into the Chinese catalogue and compile it'
	@echo 'make manifest record the digests of the program and its data files'
	@echo 'make bench   run the benchmarks'
	@echo 'make growth  how cost grows with bags, cases and orders: tables and pictures (15 min)'
	@echo 'make faults  kill, disk errors, changed bytes and two writers, put to the records; an hour'
	@echo 'make monkey  200,000 random events in the window, with what must hold after each'
	@echo 'make screenshots  draw every page of the window into docs/pages'
	@echo 'make bundle  build the folder that runs without Python (dist/dlicalc), twice, and drive it in an empty root'
	@echo 'make bundle-windows  the same for Windows, built and run under Wine (dist/windows)'
	@echo 'make bench-bundle  size, start and memory of the folder beside the smallest one'
	@echo 'make lock    write the lock files anew from pyproject.toml (ARGS=--upgrade for newer versions)'
	@echo 'make clean   remove the environment, caches and built files'
	@echo 'ARGS="..." is passed on to run, test, bench and lock.'

run: .venv/.run .venv/.compiled
ifneq ($(strip $(ARGS)),)
	@$(BIN)/dlicalc $(ARGS)
else
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo 'No display: evaluating the example case. For other uses without a window: make run ARGS=--help'; \
		$(BIN)/dlicalc demo; \
	else \
		$(BIN)/dlicalc; \
	fi
endif

# A run of chosen tests (ARGS) covers only a part of the core; the whole suite must cover all of it.
test: .venv/.dev .venv/.compiled
ifneq ($(strip $(filter-out -%,$(ARGS))),)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest $(ARGS)
else
	@rm -f .coverage.json
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest --cov=dlicalc.domain --cov=dlicalc.services \
		--cov-branch --cov-report=json:.coverage.json $(ARGS)
	@$(BIN)/python tools/check_coverage.py
endif

check: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_catalogues.py
	$(BIN)/python tools/manifest.py --check

manifest: .venv/.dev
	$(BIN)/python tools/manifest.py

catalogues: .venv/.dev
	$(BIN)/python tools/catalogues.py

monkey: .venv/.dev .venv/.compiled
	@DLICALC_MONKEY_EVENTS=200000 $(BIN)/python -m pytest tests/gui/test_monkey.py $(ARGS)

faults: .venv/.dev .venv/.compiled
	@nice -n 5 $(BIN)/python bench/records_faults.py $(ARGS)

screenshots: .venv/.dev .venv/.compiled
	$(BIN)/python tools/screenshots.py

growth: .venv/.dev .venv/.compiled
	@QT_QPA_PLATFORM=offscreen $(BIN)/python bench/growth.py $(ARGS)

bench: .venv/.dev .venv/.compiled
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python bench/run.py $(ARGS)

# --- The folder that runs without Python (docs/release.md) ---

# The commit's own time, so that whoever builds it later gets the same bytes. Modules are not compressed: they take MB
# more, and a start a tenth less. They are compiled anew, without the columns that only tracebacks would show.
FREEZE = SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) PYTHONHASHSEED=1 PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 \
	PYTHONNODEBUGRANGES=1 PYTHONPYCACHEPREFIX=$(CURDIR)/build/pycache PYINSTALLER_CONFIG_DIR=$(CURDIR)/build/pyinstaller build/venv/bin/pyinstaller --noconfirm --clean --log-level ERROR

# Twice, from nothing: a folder that comes out differently could not be checked by anybody else.
bundle: build/venv/.done
	@rm -rf build/again
	$(FREEZE) --distpath build/again --workpath build/work build.spec
	$(FREEZE) --distpath dist --workpath build/work build.spec
	@build/venv/bin/python tools/bundle/listing.py build/again/dlicalc >build/again.sha256
	@build/venv/bin/python tools/bundle/listing.py dist/dlicalc >dist/dlicalc.sha256
	@cmp build/again.sha256 dist/dlicalc.sha256 && rm -rf build/again && echo 'Built twice, the same bytes.'
	@$(MAKE) bundle-test

# In an empty root where bubblewrap is to be had; then an order made by hand, on a screen, in that root.
bundle-test: .venv/.dev
	@DLICALC_BUNDLE=dist/dlicalc QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/bundle/test_folder.py -v -rs
	@DLICALC_COMMAND=dist/dlicalc/dlicalc QT_QPA_PLATFORM=offscreen \
		$(BIN)/python -m pytest tests/architecture/test_no_network.py -v -rs
	@if command -v bwrap >/dev/null; then room='tools/bundle/empty-root.sh dist/dlicalc dlicalc'; fi; \
		DLICALC_COMMAND="$${room:-dist/dlicalc/dlicalc}" $(BIN)/python -m pytest tests/gui/test_by_hand.py -v -rs

bundle-windows: .venv/.dev build/venv/.done $(if $(filter .tools/%,$(UV)),$(UV))
	@UV='$(UV)' PYTHON='$(BIN)/python' tools/bundle/windows.sh

bench-bundle: .venv/.dev build/venv/.done
	@QT_QPA_PLATFORM=offscreen $(BIN)/python bench/bundle_bench.py $(ARGS)

# Apart from .venv, so that nothing of development gets into the folder.
build/venv/.done: requirements.lock tools/requirements-bundle.lock | system $(filter .tools/%,$(UV))
	@python=$$(PYTHON='$(PYTHON)' tools/system-python.sh) && $(UV) venv -q --clear --python "$$python" build/venv
	@$(UV) pip install -q -p build/venv --compile-bytecode --require-hashes $(addprefix -r ,$^)
	@touch $@

# --- Environment ---

system:
	@tools/system-libraries.sh

# A uv on PATH is used as it is; else this one is put beside the project, which no system-wide rule forbids.
.tools/bin/uv: tools/requirements-uv.lock
	@python=$$(PYTHON='$(PYTHON)' tools/system-python.sh) && \
	{ "$$python" -m pip --version >/dev/null 2>&1 || \
		{ echo 'Neither uv nor pip is here. On Debian, as root: apt-get install -y python3-pip' >&2; exit 1; }; } && \
	"$$python" -m pip install -q --root-user-action=ignore --target .tools --upgrade --require-hashes -r $<
	@touch $@

.venv/bin/python: | $(filter .tools/%,$(UV))
	@python=$$(PYTHON='$(PYTHON)' tools/system-python.sh) && $(UV) venv -q --allow-existing --python "$$python" .venv

# $(1): locks. The build backend is locked too and installed first, so that nothing is fetched beside them.
# Compiled at once, for a start is not everywhere allowed to write bytecode, and takes three times as long without.
define install
	@echo 'Installing into .venv: $(1)'
	@$(UV) pip install -q -p .venv --compile-bytecode --require-hashes $(addprefix -r ,$(1))
	@$(UV) pip install -q -p .venv --no-deps --no-build-isolation -e .
	@touch $@
endef

.venv/.run: requirements.lock tools/requirements-build.lock pyproject.toml | system .venv/bin/python
	$(call install,requirements.lock tools/requirements-build.lock)

.venv/.dev: requirements-dev.lock pyproject.toml | system .venv/bin/python
	$(call install,requirements-dev.lock)
	@touch .venv/.run

# Where Python is told not to write bytecode, each start would otherwise compile the package again.
.venv/.compiled: $(SOURCES) | .venv/bin/python
	@$(BIN)/python -m compileall -q dlicalc
	@touch $@

# --- Lock files: names, versions and hashes of the files for every platform; no addresses, no paths ---

COMPILE = env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(UV) pip compile -q --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS)

LOCKS := requirements.lock requirements-dev.lock tools/requirements-build.lock tools/requirements-uv.lock \
	tools/requirements-bundle.lock

lock: | .venv/bin/python
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group build -c requirements-dev.lock -o tools/requirements-build.lock
	$(COMPILE) --group bundle -c requirements-dev.lock -o tools/requirements-bundle.lock
	echo uv | $(COMPILE) - -o tools/requirements-uv.lock
	@if grep -nE '/|^-' $(LOCKS); then echo 'a lock file holds more than names and hashes' >&2; exit 1; fi

clean:
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov build dist order-example.pdf
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
