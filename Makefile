# `make` alone lists the targets. Works with GNU Make 3.81 (macOS) and later.

# The same flags everywhere, so that every step finds what another one compiled.
export GOFLAGS := -trimpath -buildvcs=false
export CGO_ENABLED := 0

TOOLS         := bin/tools
GOFUMPT       := $(TOOLS)/gofumpt
GOLANGCI_LINT := $(CURDIR)/$(TOOLS)/golangci-lint
GOTESTSUM     := $(TOOLS)/gotestsum
GOVULNCHECK   := $(TOOLS)/govulncheck

# The race detector is the one thing that needs cgo. The tests with containers take long where much else runs.
GOTEST := CGO_ENABLED=1 go test -json -race -shuffle=on -timeout 20m

# The tests' containers: no helper that would have to be pulled (make sweep is in its place), their ports as this machine sees them.
export TESTCONTAINERS_RYUK_DISABLED := true
export TESTCONTAINERS_HOST_OVERRIDE := 127.0.0.1

VERSION := $(shell sed -n 's/^var number = "\(.*\)"/\1/p' cmd/sim/version.go)

# make bench: how often everything takes its turn, and for how long. QUICK=1: once and briefly, to see that it works.
ROUNDS    ?= 12
TIME      ?= 2s
QUICK     ?=
RESULTS   ?= $(if $(QUICK),out/bench/results.json,docs/performance/results.json)
ONLY      ?= hot,nation,durable,replay,start,growth
BENCH     ?= .
BENCHTIME ?= 1s
COUNT     ?= 1
# Inputs, not seconds: before Go 1.27 a time that runs out fails now and then by itself (go.dev/issue/75804).
FUZZTIME  ?= 30000x
# Also a mirror of it, or file:///… with a copy.
VULNDB    ?= https://vuln.go.dev
ARGS      ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: build
build: ## bin/sim, one static file
	go build -o bin/sim ./cmd/sim

# A program to hand on has nothing in it that only debuggers read, and functions at multiples of 16 bytes: half a megabyte less
# than at 32, and as fast (make pgo-gain tells any two builds apart).
SMALL := -s -w -funcalign=16

# The systems on which receipt computers and electronic charts run, and those of servers.
PLATFORMS := linux/amd64 linux/arm64 windows/amd64 darwin/arm64

.PHONY: binaries
binaries: $(PLATFORMS:%=binary-%) ## one static file for each of Linux, Windows and macOS, in bin/

.PHONY: $(PLATFORMS:%=binary-%)
$(PLATFORMS:%=binary-%): binary-%:
	GOOS=$(patsubst %/,%,$(dir $*)) GOARCH=$(notdir $*) go build -ldflags '$(SMALL)' -o bin/$*/ ./cmd/sim

# An image of an architecture under a tag, from a program built here. No cache: that of
# the classic builder takes one architecture for the other.
define build-image
	GOOS=linux GOARCH=$(1) go build -ldflags '$(SMALL)' -o bin/linux/$(1)/sim ./cmd/sim
	docker build --quiet --no-cache --platform linux/$(1) --build-arg TARGETARCH=$(1) --target prebuilt --tag $(2) .
endef

.PHONY: image
image: ## the image onshisim for this machine; needs no network
	$(call build-image,$(shell go env GOARCH),onshisim)

.PHONY: images
images: $(foreach arch,amd64 arm64,out/onshisim-$(VERSION)-linux-$(arch).tar) ## an image for amd64 and one for arm64, each a file in out/ for docker load

out/onshisim-$(VERSION)-linux-%.tar: always
	$(call build-image,$*,onshisim:$(VERSION)-$*)
	@mkdir -p out
	docker save --output $@ onshisim:$(VERSION)-$*
	@docker image rm onshisim:$(VERSION)-$* >/dev/null # or the next build takes its layers for those of this machine

.PHONY: always
always:

# Where no docker engine answers, the tests of the image are skipped, or with CI=true fail, and say why.
.PHONY: image-to-test
image-to-test:
	@if docker info >/dev/null 2>&1; then $(MAKE) --no-print-directory image; fi

.PHONY: run
run: ## the simulator, as `go run ./cmd/sim serve`; further flags in ARGS="…"
	go run ./cmd/sim serve $(ARGS)

.PHONY: test
test: check scenarios image-to-test ## everything: check, scenarios, and all tests with the race detector
	@mkdir -p out
	@$(GOTESTSUM) --format pkgname --format-hide-empty-pkg --jsonfile out/tests.json --raw-command -- \
		sh -c '$(GOTEST) ./...; own=$$?; cd bench && $(GOTEST) ./...; own=$$((own + $$?)); cd ../e2e && $(GOTEST) ./...; exit $$((own + $$?))'

# The pictures of the README.
SCREENS := insurer portal-no-answer window abuser-card-after console-person console-class

.PHONY: screens
screens: ## docs/screens, the pictures of the README, made by the browser's tests
	cd e2e && go test -count=1 ./browser
	@mkdir -p docs/screens
	cp $(SCREENS:%=out/screens/%.png) docs/screens/

.PHONY: sweep
sweep: ## remove what tests that were killed left in docker
	@docker ps --all --quiet --filter label=org.testcontainers | xargs -r docker rm --force --volumes
	@docker ps --all --quiet --filter label=onshisim.simtest | xargs -r docker rm --force --volumes
	@docker ps --all --quiet --filter name=onshisim-e2e- | xargs -r docker rm --force --volumes
	@docker network ls --quiet --filter name=onshisim-e2e- | xargs -r docker network rm
	@docker volume ls --quiet --filter name=onshisim-e2e- | xargs -r docker volume rm

.PHONY: check
check: fmt-check lint vet tidy-check ## format, lint, vet and go.mod, without tests

.PHONY: scenarios
scenarios: ## play every scenario in process
	go run ./cmd/sim scenario run all

.PHONY: fmt
fmt: $(TOOLS)/built ## format all Go files
	$(GOFUMPT) -w .

.PHONY: fmt-check
fmt-check: $(TOOLS)/built
	@odd=$$($(GOFUMPT) -l .) || exit 1; \
	if [ -n "$$odd" ]; then echo "Not formatted; make fmt mends it:"; echo "$$odd"; exit 1; fi

# The modules beside that of the program, so that what they need never comes to it.
MODULES := e2e bench bench/peers

.PHONY: lint
lint: $(TOOLS)/built ## golangci-lint over all modules
	@for module in . $(MODULES); do echo "golangci-lint: $$module"; (cd $$module && $(GOLANGCI_LINT) run --allow-parallel-runners) || exit 1; done

.PHONY: vet
vet:
	@for module in . $(MODULES); do echo "go vet: $$module"; (cd $$module && go vet ./...) || exit 1; done

.PHONY: tidy-check
tidy-check:
	@for module in . $(MODULES) tools; do echo "go mod tidy: $$module"; (cd $$module && go mod tidy -diff) || exit 1; done

.PHONY: vuln
vuln: $(TOOLS)/built ## known vulnerabilities in what the program uses; needs the database at VULNDB
	$(GOVULNCHECK) -db $(VULNDB) ./...

.PHONY: bench-program
bench-program: build
	cd bench && go build -o ../bin/bench .

bench-flags = --rounds $(ROUNDS) --time $(TIME) --results $(RESULTS)
ifneq ($(QUICK),)
bench-flags = --rounds 1 --time 50ms --results $(RESULTS) --persons 1000000 --growth 1000 --changed 1000 --replayed 10000
endif

.PHONY: bench
bench: bench-program ## the simulator beside the baseline, with ratios; QUICK=1 is brief, ONLY=hot,… some parts
	bin/bench run $(bench-flags) --only $(ONLY)

.PHONY: bench-peers
bench-peers: bench-program ## the simulator beside general mock servers
	@mkdir -p bin/peers
	cd bench/peers && go build -o ../../bin/peers/ ./...
	bin/bench run $(bench-flags) --only peers

.PHONY: bench-report
bench-report: ## docs/performance.md and its plots, from docs/performance/results.json
	cd bench && go build -o ../bin/bench .
	bin/bench report

.PHONY: bench-go
bench-go: ## the packages' own benchmarks; compare two outputs of COUNT=10 with bin/tools/benchstat
	@go test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -count $(COUNT) \
		$$(grep -rl --include='*_test.go' --exclude-dir=e2e --exclude-dir=bench '^func Benchmark' . | sed 's|/[^/]*$$||' | sort -u)

.PHONY: pgo
pgo: bench-program ## record cmd/sim/default.pgo, by which the compiler optimises the hot paths
	bin/bench profile

.PHONY: pgo-gain
pgo-gain: bench-program ## what default.pgo gains, side by side
	go build -pgo=off -o out/bench/sim-without-pgo ./cmd/sim
	bin/bench run $(bench-flags) --only pgo

.PHONY: fuzz
fuzz: ## every fuzz target in turn, each with FUZZTIME inputs
	@grep -r --include='*_test.go' --exclude-dir=e2e --exclude-dir=bench '^func Fuzz' . | \
	sed -n 's|^\(.*\)/[^/]*_test\.go:func \(Fuzz[A-Za-z0-9_]*\)(.*|\1 \2|p' | sort -u | \
	while read -r folder target; do \
		echo "$$folder $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$folder" </dev/null || exit 1; \
	done

.PHONY: clean
clean: ## remove what these targets have written
	rm -rf bin out

$(TOOLS)/built: tools/go.mod tools/go.sum
	@mkdir -p $(TOOLS)
	cd tools && go build -o ../$(TOOLS)/ tool
	@touch $@
