package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// No Mac takes part in the tests, so this checks the types of everything of
// ours as it is built for one, cgo and Fyne's driver included: that a change
// compiles on macOS is known before somebody there tries.
//
// What it cannot see: C and Objective-C themselves, how they are called (each
// name in C is taken on trust), linking, and anything that happens at run time.
func TestTypesOnMacOS(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the sources of some 350 packages")
	}
	needGo(t)
	for _, arch := range []string{"arm64", "amd64"} {
		t.Run(arch, func(t *testing.T) {
			t.Parallel()
			tree := readTree(t, arch)
			ours := 0
			for _, p := range tree {
				if strings.HasPrefix(p.ImportPath+"/", "yomitori/") {
					ours++
				}
			}
			if ours < len(rooms)/2 {
				t.Fatalf("only %d packages of ours are listed", ours)
			}
			checkTree(t, arch, tree)
		})
	}
}

// sourcePackage is one package as it is built for macOS.
type sourcePackage struct {
	ImportPath, Dir   string
	GoFiles, CgoFiles []string
	ImportMap         map[string]string
	Incomplete        bool

	files []*ast.File
}

func (p *sourcePackage) ours() bool { return strings.HasPrefix(p.ImportPath+"/", "yomitori/") }

// readTree lists and parses our packages and all that they need, each after
// what it needs. The tags are those of a release.
func readTree(t *testing.T, arch string) []*sourcePackage {
	t.Helper()
	c := exec.Command("go", "list", "-deps", "-tags", "no_emoji,migrated_fynedo",
		"-json=ImportPath,Dir,GoFiles,CgoFiles,ImportMap,Incomplete", "yomitori/...")
	c.Env = append(c.Environ(), "GOOS=darwin", "GOARCH="+arch, "CGO_ENABLED=1")
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		t.Fatalf("list packages: %v\n%s", err, &complaint)
	}
	var tree []*sourcePackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := &sourcePackage{}
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			return tree
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Incomplete {
			t.Errorf("%s: not all of its sources were found", p.ImportPath)
		}
		tree = append(tree, p)
	}
}

// parse reads the files of all packages; what functions of others do is not
// of interest, so that comments are left out.
func parse(t *testing.T, fset *token.FileSet, tree []*sourcePackage) {
	t.Helper()
	var parsing sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, p := range tree {
		parsing.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			for _, name := range append(p.GoFiles, p.CgoFiles...) {
				file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
				if err != nil {
					t.Error(err)
					continue
				}
				p.files = append(p.files, file)
			}
		})
	}
	parsing.Wait()
}

func checkTree(t *testing.T, arch string, tree []*sourcePackage) {
	t.Helper()
	fset := token.NewFileSet()
	parse(t, fset, tree)
	done := map[string]*types.Package{"unsafe": types.Unsafe}
	for _, p := range tree {
		if p.ImportPath == "unsafe" {
			continue
		}
		conf := types.Config{
			FakeImportC:      true,
			IgnoreFuncBodies: !p.ours(),
			Sizes:            types.SizesFor("gc", arch),
			Importer: importerFunc(func(path string) (*types.Package, error) {
				if mapped := p.ImportMap[path]; mapped != "" {
					path = mapped
				}
				if found := done[path]; found != nil {
					return found, nil
				}
				return nil, fmt.Errorf("package %s is not there", path)
			}),
			// In packages of others, values of C may be used in ways that need
			// to know their types.
			Error: func(err error) {
				if p.ours() {
					t.Error(err)
				}
			},
		}
		done[p.ImportPath], _ = conf.Check(p.ImportPath, fset, p.files, nil) // errors are told above
	}
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
