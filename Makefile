# Every command goes through bin/bootstrap.py, which makes .venv on first use. Variables: PORT, AVRR_DATA, ARGS.
PYTHON ?= python3
BOOT = @command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv" >&2; exit 1; }; \
	exec $(PYTHON) bin/bootstrap.py

.PHONY: run test check seed bench messages lock manage

run: ; $(BOOT) run
test: ; $(BOOT) test $(ARGS)
check: ; $(BOOT) check
seed: ; $(BOOT) seed $(or $(CASES),1000) $(or $(SEED),1) $(TODAY)
bench: ; $(BOOT) bench $(ARGS)
messages: ; $(BOOT) messages
lock: ; $(BOOT) lock
manage: ; $(BOOT) manage $(ARGS)
