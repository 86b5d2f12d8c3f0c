package supportcode_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

// declared are the values of the constants of a type.
func declared(t *testing.T, file, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		of, _ := v.Type.(*ast.Ident)
		literal, _ := v.Values[0].(*ast.BasicLit)
		if of != nil && literal != nil && of.Name == name {
			s, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return true
	})
	if len(all) < 5 {
		t.Fatalf("%s: only %q of %s", file, all, name)
	}
	return all
}

func TestEveryKindAndReaderHasANumber(t *testing.T) {
	for _, k := range declared(t, "../../../platform/card.go", "Kind") {
		s := supportcode.Summary{Purpose: checks.Any, Kind: platform.Kind(k)}
		if got, err := supportcode.Decode(s.Encode()); err != nil || got.Kind != s.Kind {
			t.Errorf("kind %s: got %q, %v", k, got.Kind, err)
		}
	}
	for _, c := range declared(t, "../../../platform/reader.go", "ReaderClass") {
		s := supportcode.Summary{Purpose: checks.Any, Reader: supportcode.Reader(c)}
		if c == string(platform.ReaderPlain) {
			s.Reader = "plain"
		}
		if got, err := supportcode.Decode(s.Encode()); err != nil || got.Reader != s.Reader {
			t.Errorf("reader %s: got %q, %v", c, got.Reader, err)
		}
	}
}

func TestListsFitIntoCodes(t *testing.T) {
	for name, v := range supportcode.Room {
		if v[0] > v[1] {
			t.Errorf("%d %s, of which a code tells %d apart", v[0], name, v[1])
		}
	}
}

// More findings than codes have room for are left out.
func TestFindingsBeyondTheRoomAreLeftOut(t *testing.T) {
	var more []checks.ID
	for i := range 100 {
		more = append(more, checks.ID(fmt.Sprintf("later.%d", i)))
	}
	defer supportcode.WithFindings(more)()
	s := supportcode.Summary{
		Purpose: checks.Any, Cause: checks.ReaderNone,
		Statuses: map[checks.ID]checks.Status{checks.ReaderNone: checks.Problem, "later.99": checks.Problem},
	}
	got, err := supportcode.Decode(s.Encode())
	if err != nil || got.Cause != checks.ReaderNone || len(got.Statuses) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}
