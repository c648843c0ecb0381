# danectl: `make run` builds it and signs the example zones, `make test` runs all tests.

SWIFT ?= swift
CONFIGURATION ?= release
PREFIX ?= /usr/local
BINARY = .build/$(CONFIGURATION)/danectl

.PHONY: all run examples build test deps test-deps bench fuzz sanitize lint format install clean

all: build

## run: install what is missing, build, and sign, verify and hand over the example zones
run: build
	@bash zones/yax.im/run.sh "$(BINARY)"

## examples: the other set-ups of zones/: a private authority, self-signed certificates, mail and web, hosting
examples: build
	@for example in josefsson.org selfsigned.example mail.example hosting.example.net; do \
		printf '\n== zones/%s\n' $$example && bash zones/$$example/run.sh "$(BINARY)" || exit 1; done

## build: install what is missing, and build the command-line tool
build: deps
	$(SWIFT) build -c $(CONFIGURATION) --product danectl

## deps: the system packages that building needs (nothing is installed that is there already)
deps:
	@bash .ci/install-missing pkg-config libldns-dev libssl-dev

## test-deps: the independent judges that the tests ask
test-deps: deps
	@bash .ci/install-missing bind9-utils bind9-dnsutils knot-dnssecutils ldnsutils nsd unbound gnutls-bin openssl

## test: all tests, against the release build
test: test-deps
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

## bench: danectl beside the other signers, in one run
bench: build
	@bash .ci/install-missing bind9-utils knot-dnssecutils ldnsutils nsd python3 time openssl
	@bash Benchmarks/compare.sh "$(BINARY)" $(BENCH)

## lint: swift-format in strict mode
lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

## format: lay out the sources
format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

## install: the tool and its completions below PREFIX
install: build
	install -D -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/danectl"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	"$(BINARY)" --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/danectl"
	"$(BINARY)" --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_danectl"
	"$(BINARY)" --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/danectl.fish"

clean:
	$(SWIFT) package clean
