package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/local"
	"yomitori/platform/practice"
)

const schemaFile = "../docs/schema/yomitori-1.json"

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	s, err := c.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid holds the JSON of a command line against the schema.
func valid(t *testing.T, s *jsonschema.Schema, o outcome, args []string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(o.stdout))
	if err != nil {
		t.Fatalf("%v: exit %d, %v:\n%s%s", args, o.code, err, o.stdout, o.stderr)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%v: %v", args, err)
	}
}

func TestJSONFollowsTheSchema(t *testing.T) {
	s := compiled(t)
	for _, name := range practice.Names() {
		for _, p := range checks.Purposes {
			for _, more := range [][]string{nil, {"--unmasked"}, {"--message", "HUB0002", "--moment", "login", "--moved", "--lost=no"}, {"--message", "bogus"}} {
				args := append([]string{"practice", name, "--json", "--for", string(p)}, more...)
				valid(t, s, run(t, "healthy", args...), args)
			}
		}
	}
}

func TestJSONOfCheckFollowsTheSchema(t *testing.T) {
	s := compiled(t)
	for _, args := range [][]string{{"check", "--json"}, {"check", "--json", "--for", "hpki", "--online"}} {
		valid(t, s, run(t, "hpki-healthy", args...), args)
	}
	// Of a computer of which nothing could be looked at, and of one that is not
	// looked at yet.
	for _, computer := range []platform.Snapshot{unseen(), {Schema: platform.Schema}} {
		args := []string{"check", "--json"}
		valid(t, s, runOn(t, practice.New(computer), args...), args)
	}
}

// Whatever this computer is like: no recorded one has everything that a real one
// may have.
func TestJSONOfThisComputerFollowsTheSchema(t *testing.T) {
	s := compiled(t)
	for _, p := range checks.Purposes {
		args := []string{"check", "--json", "--unmasked", "--for", string(p)}
		o := runOn(t, local.Computer(), args...)
		if o.code > 2 {
			t.Fatalf("exit %d: %s", o.code, o.stderr)
		}
		valid(t, s, o, args)
	}
}

// unseen is a computer of which nothing could be looked at.
func unseen() platform.Snapshot {
	s := platform.Snapshot{Schema: platform.Schema, Taken: taken}
	for _, a := range platform.Areas {
		*s.Look(a) = platform.Failure(platform.WhyError, os.ErrClosed)
	}
	return s
}

// A schema that takes anything would prove nothing.
func TestSchemaRefusesOtherShapes(t *testing.T) {
	s := compiled(t)
	good := run(t, "two-faults", "check", "--json", "--for", "etax").stdout
	for name, change := range map[string]func(map[string]any){
		"a field is missing":       func(d map[string]any) { delete(d, "support_code") },
		"another version":          func(d map[string]any) { d["schema"] = "yomitori/2" },
		"a finding nobody knows":   func(d map[string]any) { first(d)["id"] = "reader.odd" },
		"a status nobody knows":    func(d map[string]any) { first(d)["status"] = "fine" },
		"a repair nobody knows":    func(d map[string]any) { first(d)["repairs"] = []any{"format-disk:c"} },
		"a code that is no number": func(d map[string]any) { d["support_code"] = "12" },
		"null for a list":          func(d map[string]any) { d["findings"] = nil },
	} {
		var doc map[string]any
		if err := json.Unmarshal([]byte(good), &doc); err != nil {
			t.Fatal(err)
		}
		change(doc)
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(v) == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func first(doc map[string]any) map[string]any {
	return doc["findings"].([]any)[0].(map[string]any)
}

// The lists that scripts decide on are complete, and hold nothing else.
func TestSchemaListsTheContracts(t *testing.T) {
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Defs map[string]struct {
			Enum    []string
			Pattern string
		} `json:"$defs"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"FindingID": asTexts(checks.IDs()),
		"Purpose":   asTexts(checks.Purposes),
		"Moment":    asTexts(checks.Moments),
		"Area":      asTexts(platform.Areas),
		"Status":    {"ok", "notice", "problem", "unknown", "skipped"},
	} {
		got := slices.Sorted(slices.Values(doc.Defs[name].Enum))
		slices.Sort(want)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-code +schema):\n%s", name, d)
		}
	}
	ids := regexp.MustCompile(`^\^\((.*?)\)`).FindStringSubmatch(doc.Defs["Repair"].Pattern)
	if d := cmp.Diff(strings.Join(asTexts(platform.Repairs()), "|"), fmt.Sprint(ids[1])); d != "" {
		t.Errorf("repairs (-code +schema):\n%s", d)
	}
}

func asTexts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
