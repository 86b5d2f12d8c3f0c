package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yomitori/app/report"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

var asked = checks.Question{Purpose: checks.ETax, Told: checks.Told{Message: checks.MessageHUB0002, Moved: checks.No}}

func TestFileIsReadAsItWasWritten(t *testing.T) {
	for _, name := range practice.Names() {
		s := observed(t, name)
		d := checks.Diagnose(s, asked, s.Taken)
		raw, err := report.New(report.Tool{Name: "yomitori", Version: "0.1.0"}, somebody, d, s, s.Taken).File()
		if err != nil {
			t.Fatal(err)
		}
		o, err := report.Parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(report.Masked(somebody, s), o.Snapshot, cmpopts.EquateEmpty(), cmp.AllowUnexported(platform.Tries{})); diff != "" {
			t.Errorf("%s: snapshot (-want +got):\n%s", name, diff)
		}
		if *o.Question != asked || !o.Saved.Time.Equal(d.Time) || o.Saved.Tool.Version != "0.1.0" || len(o.Saved.Findings) != len(d.Findings) {
			t.Errorf("%s: %+v, %+v", name, o.Question, o.Saved)
		}
		// Who opens it sees what its sender saw.
		again := checks.Diagnose(o.Snapshot, *o.Question, o.Snapshot.Taken)
		if diff := o.Saved.Differences(again); len(diff) > 0 {
			t.Errorf("%s: judged otherwise: %v", name, diff)
		}
		if saved, err := o.File(); err != nil || !bytes.Equal(saved, raw) {
			t.Errorf("%s: saved again it is another file (%v)", name, err)
		}
	}
}

// What a newer version adds is kept when an older one saves the file again.
func TestUnknownFieldsAreKept(t *testing.T) {
	raw := resealed(t, savedFile(t), func(tree map[string]any) {
		tree["later"] = map[string]any{"number": json.Number("12345678901234567890"), "list": []any{"a", nil, true}}
		tree["snapshot"].(map[string]any)["radio"] = map[string]any{"state": "observed"}
	})
	o, err := report.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := o.File()
	if err != nil || !bytes.Equal(saved, raw) {
		t.Errorf("%v\n%s", err, saved)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	good := string(savedFile(t))
	changed := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s in the file", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	sealed := func(change func(map[string]any)) string { return string(resealed(t, savedFile(t), change)) }
	tests := []struct {
		name, raw string
		want      error
	}{
		{"nothing", "", report.ErrMalformed},
		{"text", "hello", report.ErrMalformed},
		{"no object", "[1]", report.ErrMalformed},
		{"empty object", "{}", report.ErrNotReport},
		{"two objects", good + "{}", report.ErrMalformed},
		{"cut off", good[:len(good)/2], report.ErrMalformed},
		{"changed by hand", changed(`"etax"`, `"hpki"`), report.ErrChanged},
		{"without a check", changed(`"check"`, `"czech"`), report.ErrChanged},
		{"newer", changed(report.Schema, "yomitori.report/2"), report.ErrNewer},
		{"newer snapshot", sealed(func(f map[string]any) { f["snapshot"].(map[string]any)["schema"] = "yomitori.snapshot/2" }), report.ErrNewer},
		{"no snapshot", sealed(func(f map[string]any) { delete(f, "snapshot") }), report.ErrNotReport},
		{"snapshot of a wrong type", sealed(func(f map[string]any) { f["snapshot"] = "x" }), report.ErrNotReport},
		{"wrong type within", sealed(func(f map[string]any) { f["snapshot"].(map[string]any)["readers"] = json.Number("7") }), report.ErrNotReport},
		{"huge number", sealed(func(f map[string]any) {
			f["snapshot"].(map[string]any)["system"] = map[string]any{"code_page": json.Number("1e400")}
		}), report.ErrNotReport},
		{"long number", changed(`{`, `{"x":`+strings.Repeat("9", 40)+`,`), report.ErrMalformed},
		{"deep", strings.Repeat(`{"a":`, 500) + "1" + strings.Repeat("}", 500), report.ErrMalformed},
		{"very deep", strings.Repeat("[", 500_000), report.ErrMalformed},
		{"name twice", changed(`{`, `{"schema":"x",`), report.ErrMalformed},
		{"name twice in another case", changed(`{`, `{"Schema":"x",`), report.ErrMalformed},
		{"name twice with a long s", changed(`{`, `{"ſchema":"x",`), report.ErrMalformed},
		{"name twice with the sign of kelvin", changed(`{`, `{"checK":"x",`), report.ErrMalformed},
		{"NUL", changed(`"etax"`, "\"e\x00tax\""), report.ErrMalformed},
		{"no UTF-8", changed(`"etax"`, "\"\xff\xfe\""), report.ErrMalformed},
		{"too large", good + strings.Repeat(" ", 1<<20), report.ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := report.Parse([]byte(tt.raw)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestOnlyRegularFilesAreOpened(t *testing.T) {
	for _, path := range []string{t.TempDir(), os.DevNull} {
		if _, err := report.Open(path); !errors.Is(err, report.ErrNotReport) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// What a file says is safe to show, and what this version has no words for is
// left out.
func TestFilesAreCleaned(t *testing.T) {
	raw := resealed(t, savedFile(t), func(tree map[string]any) {
		tree["question"] = map[string]any{"purpose": "later", "told": map[string]any{"message": "later", "moment": "\x1b[31m", "moved": "x"}}
		d := tree["diagnosis"].(map[string]any)
		d["tool"] = map[string]any{"name": "a\x1b[31m\u202e\x00b"}
		d["findings"] = []any{
			map[string]any{"id": "later.one", "step": "reader", "status": "ok"},
			map[string]any{"id": "later.two", "step": "later", "status": "ok"},
			map[string]any{"id": "later.three", "step": "reader", "status": "\x1b"},
		}
	})
	o, err := report.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	if want := (checks.Question{Purpose: checks.Any, Told: checks.Told{Unrecognised: true}}); *o.Question != want {
		t.Errorf("question %+v, want %+v", *o.Question, want)
	}
	if o.Saved.Tool.Name != "a[31mb" || len(o.Saved.Findings) != 1 || o.Saved.Findings[0].ID != "later.one" {
		t.Errorf("saved %+v", *o.Saved)
	}
}

func TestUnknownKindsAndClassesAreNotRepeated(t *testing.T) {
	raw := resealed(t, savedFile(t), func(tree map[string]any) {
		s := tree["snapshot"].(map[string]any)
		s["readers"].(map[string]any)["list"].([]any)[0].(map[string]any)["class"] = "zqxclass"
		s["cards"].(map[string]any)["list"].([]any)[0].(map[string]any)["kind"] = "zqxkind"
	})
	o, err := report.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	if r, c := o.Snapshot.Readers.List[0], o.Snapshot.Cards.List[0]; r.Class != platform.ReaderPlain || c.Kind != platform.KindUnknown {
		t.Errorf("class %q, kind %q", r.Class, c.Kind)
	}
}

func TestWrite(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "report.html")
	if err := report.Write(path, []byte("one"), false); err != nil {
		t.Fatal(err)
	}
	if err := report.Write(path, []byte("two"), false); !errors.Is(err, report.ErrExists) {
		t.Errorf("written over: %v", err)
	}
	if err := report.Write(path, []byte("three"), true); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); string(got) != "three" {
		t.Errorf("%s, %v", got, err)
	}
	var failed *report.WriteError
	if err := report.Write(filepath.Join(folder, "no", "report.html"), nil, true); !errors.As(err, &failed) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := report.Write(folder, nil, true); !errors.As(err, &failed) {
		t.Errorf("got %v", err)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

func savedFile(t *testing.T) []byte {
	t.Helper()
	raw, err := reportOn(t, "two-faults", asked).File()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// resealed changes a file and makes its check anew, as anybody can.
func resealed(t *testing.T, raw []byte, change func(map[string]any)) []byte {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree map[string]any
	if err := d.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	change(tree)
	sealed, err := report.Sealed(tree)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"two-faults", "mac-healthy"} {
		c, err := practice.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		s, err := platform.Observe(f.Context(), c, nil)
		if err != nil {
			f.Fatal(err)
		}
		raw, err := report.New(report.Tool{}, report.Personal{}, checks.Diagnose(s, asked, s.Taken), s, s.Taken).File()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		bare, err := json.Marshal(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bare)
	}
	f.Add([]byte(`{"schema":"yomitori/1","purpose":"etax","findings":[{"id":"reader.ok"}],"snapshot":{"schema":"yomitori.snapshot/1","taken":"2026-11-20T00:00:00Z"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := report.Parse(raw)
		if err != nil {
			for _, known := range []error{report.ErrTooLarge, report.ErrNotReport, report.ErrMalformed, report.ErrChanged, report.ErrNewer} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("no sentence for %v", err)
		}
		q := checks.Question{Purpose: checks.Any}
		if o.Question != nil {
			q = *o.Question
		}
		d := checks.Diagnose(o.Snapshot, q, o.Snapshot.Taken)
		file, err := report.New(report.Tool{}, report.Personal{}, d, o.Snapshot, o.Snapshot.Taken).File()
		if err != nil && !errors.Is(err, report.ErrTooLarge) {
			t.Fatal(err)
		}
		if err == nil {
			if _, err := report.Parse(file); err != nil {
				t.Fatalf("what was written of it is refused: %v", err)
			}
		}
	})
}
