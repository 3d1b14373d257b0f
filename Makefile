# Everything is done by dev.py; `make test` is `python3 dev.py test`.
.PHONY: run test check fix bench shots lock help
help run test check fix bench shots lock:
	@python3 dev.py $@
