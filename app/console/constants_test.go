package console_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// constants reads the values of the typed string constants of packages out of
// their source, by the name of the type: the compiler keeps no list of them.
func constants(t *testing.T, folders ...string) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	for _, folder := range folders {
		files, err := fs.Glob(os.DirFS(folder), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), folder+"/"+name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			collect(t, f, values)
		}
	}
	return values
}

func collect(t *testing.T, f *ast.File, values map[string][]string) {
	t.Helper()
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for _, x := range v.Values {
				lit, ok := x.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING || typeName(v.Type) == "" {
					continue
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if n := typeName(v.Type); !slices.Contains(values[n], text) {
					values[n] = append(values[n], text)
				}
			}
		}
	}
}

// typeName is the name of a type, also of one in another package.
func typeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}
