package journal_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/journal"
)

const (
	first    = `{"event":"begun","time":"2026-11-16T01:30:00Z","repair":"clear-cache:edge","changes":[{"kind":"cache-folder","path":"a","undoable":true},{"kind":"cache-folder","path":"b"}]}` + "\n"
	making0  = `{"event":"making"}` + "\n"
	made0    = `{"event":"made","change":{"kind":"cache-folder","path":"a","undoable":true}}` + "\n"
	making1  = `{"event":"making","place":1}` + "\n"
	made1    = `{"event":"made","place":1,"change":{"kind":"cache-folder","path":"b"}}` + "\n"
	endMade  = `{"event":"ended","time":"2026-11-16T01:31:00Z","state":"made"}` + "\n"
	whole    = first + making0 + made0 + making1 + made1 + endMade
	back0    = `{"event":"taking-back"}` + "\n" + `{"event":"taken-back"}` + "\n"
	endUndo  = `{"event":"ended","state":"undone"}` + "\n"
	entryTwo = "20260101T000000Z-clear-cache"
)

func TestReplay(t *testing.T) {
	tests := []struct {
		name, lines string
		want        journal.State // "" where there is no entry
		damaged     bool
	}{
		{"nothing", "", "", false},
		{"begun", first, journal.Unfinished, false},
		{"begun by half", first[:40], "", false},
		{"made", whole, journal.Made, false},
		{"undone", whole + back0 + endUndo, journal.Undone, false},
		{"the end cut off", whole[:len(whole)-10], journal.Unfinished, false},
		{"the end without its line break", whole[:len(whole)-1], journal.Unfinished, false},
		{"the last line is rubbish", first + "\x00\x00\x00\x00\n", journal.Unfinished, false},
		{"the last line is zeros", first + "\x00\x00\x00\x00", journal.Unfinished, false},
		{"gone", whole + `{"event":"ended","state":"gone"}` + "\n", journal.Gone, false},
		{"a line in the middle is rubbish", first + "\x00\n" + making0, "", true},
		{"begun twice", first + first, "", true},
		{"made without being begun", first + made0, "", true},
		{"made without a first line", making0, "", true},
		{"ended as made too early", first + endMade, "", true},
		{"ended as undone too early", first + making0 + endUndo, "", true},
		{"no such place", first + `{"event":"making","place":2}` + "\n", "", true},
		{"a place below all", first + `{"event":"making","place":-1}` + "\n", "", true},
		{"no such event", first + `{"event":"painting"}` + "\n", "", true},
		{"no such state", first + `{"event":"ended","state":"painted"}` + "\n", "", true},
		{"no such repair", strings.Replace(first, "clear-cache", "format-disk", 1) + making0, "", true},
		{"no changes", `{"event":"begun","repair":"clear-ssl-state"}` + "\n" + making0, "", true},
		{"taken back what can't be", whole + `{"event":"taking-back","place":1}` + "\n", "", true},
		{"made after it was undone", whole + back0 + endUndo + making0, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, _, err := journal.Replay([]byte(tt.lines))
			if (err != nil) != tt.damaged || !tt.damaged && e.State != tt.want {
				t.Errorf("%q, %v", e.State, err)
			}
		})
	}
}

// One entry that can't be read does not hide the others, and is never waited for.
func TestBrokenEntries(t *testing.T) {
	folder := t.TempDir()
	write := func(id, text string) {
		must(t, os.Mkdir(filepath.Join(folder, id), 0o700))
		must(t, os.WriteFile(filepath.Join(folder, id, "entry.jsonl"), []byte(text), 0o600))
	}
	write(entryTwo, whole)
	write(entryTwo+"-2", "\n\n")
	write(entryTwo+"-3", whole+strings.Repeat(" ", journal.MostBytes))
	must(t, os.MkdirAll(filepath.Join(folder, entryTwo+"-4", "entry.jsonl"), 0o700))
	must(t, os.Mkdir(filepath.Join(folder, "something else"), 0o700))
	must(t, os.WriteFile(filepath.Join(folder, entryTwo+"-5"), nil, 0o600))
	j := journal.Open(folder)
	entries, err := j.Entries()
	if len(entries) != 1 || entries[0].ID != entryTwo || err == nil {
		t.Fatalf("%+v, %v", entries, err)
	}
	for _, id := range []string{"-2", "-3", "-4"} {
		if !strings.Contains(err.Error(), entryTwo+id) {
			t.Errorf("%v does not name %s", err, id)
		}
		if _, err := j.Undo(t.Context(), &world{}, entryTwo+id, nil); why(err) != platform.RepairDamaged {
			t.Errorf("undo %s: %v", id, err)
		}
	}
	if strings.Contains(err.Error(), "-5") {
		t.Error(err)
	}
}

func TestAtMostSoManyEntries(t *testing.T) {
	folder := t.TempDir()
	for i := range journal.MostEntries + 5 {
		id := filepath.Join(folder, "20260101T"+string([]byte{byte('0' + i/1000), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)})+"00Z-clear-cache")
		must(t, os.Mkdir(id, 0o700))
		must(t, os.WriteFile(filepath.Join(id, "entry.jsonl"), []byte(whole), 0o600))
	}
	entries, err := journal.Open(folder).Entries()
	if err != nil || len(entries) != journal.MostEntries || !strings.HasPrefix(entries[0].ID, "20260101T100400") {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// still is a computer on which every change is made at once and touches nothing.
type still struct{ *world }

func (still) MakeChange(_ context.Context, c platform.Change, _ string) (platform.Change, error) {
	return c, nil
}

func (still) TakeBack(context.Context, platform.Change, string) error { return nil }

// FuzzReplay reads anything as an entry, and goes on with it where it can be read.
func FuzzReplay(f *testing.F) {
	for _, s := range []string{whole, whole + back0 + endUndo, whole + back0 + making0, first + making0 + `{"event":"not-made"}` + "\n", first + "{\n", "\n"} {
		f.Add([]byte(s))
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, n, err := journal.Replay(raw)
		if n > len(raw) || n > 0 && raw[n-1] != '\n' {
			t.Fatalf("%d bytes count of %d", n, len(raw))
		}
		again, m, errAgain := journal.Replay(raw[:n])
		if errAgain != nil || m != n || err == nil && cmp.Diff(e, again, cmp.AllowUnexported(platform.Repair{})) != "" {
			t.Fatalf("the whole lines alone: %v, %+v", errAgain, again)
		}
		if err != nil || n == 0 || bytes.Equal(raw[:n], []byte("\n")) {
			return
		}
		goOn(t, folder, raw)
	})
}

// goOn finishes and undoes an entry of which somebody wrote the lines.
func goOn(t *testing.T, folder string, raw []byte) {
	t.Helper()
	j := journal.Open(folder).On(lazyDisk{journal.RealDisk()})
	must(t, os.MkdirAll(filepath.Join(folder, entryTwo), 0o700))
	must(t, os.WriteFile(filepath.Join(folder, entryTwo, "entry.jsonl"), raw, 0o600))
	before, err := j.Entries()
	must(t, err)
	was := before[0].State
	e, err := j.Finish(t.Context(), still{}, entryTwo, nil)
	if err == nil && e.State != journal.Made || (err == nil) != (was == journal.Unfinished) {
		t.Errorf("finish from %s: %s, %v", was, e.State, err)
	}
	undoable := e.Undoable()
	e, err = j.Undo(t.Context(), still{}, entryTwo, nil)
	if err == nil && e.State != journal.Undone || (err == nil) != undoable {
		t.Errorf("undo: %s, %v", e.State, err)
	}
	if _, err := j.Entries(); err != nil {
		t.Error(err)
	}
}
