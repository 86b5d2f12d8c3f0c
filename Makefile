# Yomitori. Two targets for people: make run, make test.
#
# clang builds the OpenGL bindings in a minute or two, gcc needs over seven.
# Every change of these flags builds them anew, so there is one set for all.
export CC := clang
export CGO_ENABLED := 1

TAGS     := no_emoji,migrated_fynedo
LDFLAGS  := -s -w
BUILD    := go build -trimpath -buildvcs=auto -tags $(TAGS)
# What runs goroutines of its own; -short leaves out what only repeats.
RACE     := -short ./platform/... ./app/wizard
# Fyne's tests bring a driver without OpenGL, chosen by the tag ci.
TEST     := go test -tags ci

GOFUMPT     := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
STYLE       := all,ST1000,ST1003,ST1016,ST1020,ST1021,ST1022

.PHONY: run build windows test lint vet bench fuzz soak update clean

run: build
	./yomitori; code=$$?; test $$code -le 2

build:
	@.ci/deps run
	@echo "Building. The first time this compiles the OpenGL bindings: one to three minutes."
	$(BUILD) -ldflags "$(LDFLAGS)" -o yomitori .

# yomitori.exe, on Linux. clang compiles, mingw brings the headers and links.
windows: export GOOS := windows
windows: export CC := clang --target=x86_64-w64-mingw32
windows:
	@.ci/deps test
	$(BUILD) -ldflags "$(LDFLAGS) -H=windowsgui -extld=x86_64-w64-mingw32-gcc" -o yomitori.exe .

# In CI a missing PC/SC service or Chromium is a failure; elsewhere the tests that
# would have to stop a running one, or to be root, are skipped and say so. The Windows
# program is built and tested under Wine; where that cannot be had, .ci/wine says
# so, and fails in CI.
test: export YOMITORI_REQUIRE_PCSC := $(CI:true=1)
test: export YOMITORI_REQUIRE_CHROMIUM := $(CI:true=1)
# The documents behind the articles are kept outside of this repository. Where they lie
# beside it, nothing may be copied from them.
test: export YOMITORI_SOURCES := $(realpath ../shared/seeds)
test:
	@.ci/deps test
	$(MAKE) lint build
	YOMITORI_BINARY=$(CURDIR)/yomitori $(TEST) -timeout 20m ./...
	$(TEST) -race -timeout 20m $(RACE)
	.ci/axe
	.ci/wine

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

# Each fuzz target for a while, beginning with the committed corpus. Counted, not
# timed: a target that is making an input smaller when its time is up fails with
# "context deadline exceeded", whatever its code does.
fuzz:
	grep -rn --include='*_test.go' -o '^func Fuzz[A-Za-z]*' . | sed 's,/[^/]*:.*func , ,' | \
	while read -r package target; do \
		go test -tags ci "$$package" -run '^$$' -fuzz "^$$target\$$" -fuzztime 40000x -fuzzminimizetime 20x || exit 1; \
	done

# A thousand insertions, and nothing may grow. Takes some seven minutes.
soak:
	@.ci/deps test
	YOMITORI_INSERTIONS=1000 $(TEST) -timeout 30m -count=1 -v -run ManyInsertions ./platform/pcsc

# Writes the practice computers anew, the tables of what is said of them and of
# others, and the JSON Schema.
update:
	$(TEST) ./platform/practice -update
	$(TEST) ./checks -update
	$(TEST) ./app/console -update

clean:
	rm -f yomitori yomitori.exe
