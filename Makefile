# Yomitori. Two targets for people: make run, make test.
#
# clang builds the OpenGL bindings in a minute or two, gcc needs over seven.
# Every change of these flags builds them anew, so there is one set for all.
export CC := clang
export CGO_ENABLED := 1

TAGS     := no_emoji,migrated_fynedo
BUILD    := go build -trimpath -tags $(TAGS) -ldflags "-s -w"
# Fyne's tests bring a driver without OpenGL, chosen by the tag ci.
TEST     := go test -tags ci

GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
STYLE       := all,ST1000,ST1003,ST1016,ST1020,ST1021,ST1022

.PHONY: run build test lint vet bench update clean

run: build
	./yomitori; code=$$?; test $$code -le 2

build:
	@.ci/deps run
	@echo "Building. The first time this compiles the OpenGL bindings: one to three minutes."
	$(BUILD) -o yomitori .

test:
	@.ci/deps test
	$(MAKE) lint build
	YOMITORI_REQUIRE_PCSC=1 YOMITORI_BINARY=$(CURDIR)/yomitori $(TEST) ./...
	YOMITORI_REQUIRE_PCSC=1 $(TEST) -race ./platform/...

lint: vet
	@test -z "$$($(GOFUMPT) -l .)" || { echo "run: $(GOFUMPT) -w ."; $(GOFUMPT) -l .; exit 1; }
	go mod tidy -diff
	$(STATICCHECK) -tags ci -checks "$(STYLE)" ./...
	@.ci/vulncheck

# Windows and macOS are vetted without cgo; "mobile" stands in for the part of
# Fyne that only a Mac can compile.
vet:
	go vet -tags ci ./...
	CGO_ENABLED=0 GOOS=windows go vet -tags ci ./...
	CGO_ENABLED=0 GOOS=darwin go vet -tags ci,mobile ./...

bench:
	$(TEST) -run '^$$' -bench . ./...

# Writes golden files and practice computers anew.
update:
	$(TEST) ./platform/practice -update

clean:
	rm -f yomitori
