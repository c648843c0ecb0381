# danectl: `make run` builds it and signs the example zones, `make test` runs all tests.

SWIFT ?= swift
CONFIGURATION ?= release
PREFIX ?= /usr/local
BINARY = .build/$(CONFIGURATION)/danectl

.PHONY: all run examples build test deps test-deps bench bench-parts fuzz sanitize lint format install clean

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
	@bash .ci/install-missing bind9-utils bind9-dnsutils knot-dnssecutils ldnsutils nsd unbound \
		gnutls-bin libgnutls28-dev iproute2 openssl

## test: all tests, against the release build
test: test-deps
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build

## bench: danectl beside the other signers, in one run (BENCH="tld 100000 3" or BENCH=scale: see Benchmarks/compare.sh)
bench: build benchmarks
	@bash .ci/install-missing bind9-utils knot-dnssecutils ldnsutils nsd python3 time openssl
	@bash Benchmarks/compare.sh "$(BINARY)" $(BENCH)

## bench-parts: what the parts cost, in instructions and memory, against Benchmarks/thresholds.tsv (UPDATE=--update)
bench-parts: build benchmarks
	@bash .ci/install-missing valgrind python3 time binutils
	@bash Benchmarks/thresholds.sh "$(BINARY)" Benchmarks/.build/release/DANEKitBenchmarks $(UPDATE)

.PHONY: benchmarks
benchmarks: deps
	$(SWIFT) build --package-path Benchmarks -c release

# Leaks are not looked for: a pointer with an enumeration's tag in it is lost in the eyes of the leak checker. A year of apply
# takes too long with every access checked. Package.swift knows DANECTL_SANITIZER: with locks that ThreadSanitizer sees.
SANITIZERS ?= address thread
NOT_SANITIZED ?= YearTests

## sanitize: all tests with AddressSanitizer, then with ThreadSanitizer (SANITIZERS=thread for one alone)
sanitize: $(SANITIZERS:%=sanitize-%)

sanitize-%: test-deps
	DANECTL_SANITIZER=$* $(SWIFT) build --build-tests --sanitize=$* --scratch-path .build-$*
	DANECTL_SANITIZER=$* ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --skip-build --sanitize=$* --scratch-path .build-$* \
	    --skip "$(NOT_SANITIZED)"

FUZZ ?= zone changes rdata wire keys manifest certificates tlsa posh state provenance
FUZZ_SECONDS ?= 600

## fuzz: feed every reader of foreign octets for FUZZ_SECONDS each; what is found stays in .build-fuzz/corpus for the next time
# SwiftPM gives the sanitizers in any order, and coverage is only measured where the fuzzer's comes last: so it comes again.
fuzz: build
	DANECTL_FUZZING=true $(SWIFT) build --sanitize=address --sanitize=fuzzer -Xswiftc -sanitize=fuzzer \
	    --scratch-path .build-fuzz -c release --product danectl-fuzz
	python3 Tests/Fuzzing/seeds.py "$(BINARY)" .build-fuzz/seeds
	for target in $(FUZZ); do \
	    mkdir -p .build-fuzz/corpus/$$target && \
	    nice .build-fuzz/release/danectl-fuzz $$target -max_total_time=$(FUZZ_SECONDS) -detect_leaks=0 -timeout=20 \
	        -rss_limit_mb=2048 -max_len=8192 -artifact_prefix=.build-fuzz/$$target- \
	        .build-fuzz/corpus/$$target .build-fuzz/seeds/$$target || exit 1; \
	done

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
