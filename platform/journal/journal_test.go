package journal_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/journal"
)

func why(err error) platform.RepairWhy {
	if err == nil {
		return ""
	}
	return platform.RepairWhyOf(err)
}

// told is what progress was told.
type told []string

func (p *told) progress(c platform.Change, place, of int) {
	*p = append(*p, c.Path+" "+string(rune('0'+place))+"/"+string(rune('0'+of)))
}

func TestMakeAndUndo(t *testing.T) {
	p := plan("A", "b", "C")
	w := newWorld(t, p)
	j := journal.Open(filepath.Join(t.TempDir(), "not", "yet"))
	var seen told
	e, err := j.Make(t.Context(), w, p, seen.progress)
	must(t, err)
	if e.State != journal.Made || !e.Undoable() || e.Left() != nil || e.Begun.IsZero() || e.Ended.IsZero() || e.Changes[0].Count != 2 {
		t.Errorf("made: %+v", e)
	}
	if d := cmp.Diff(told{"A 0/3", "b 1/3", "C 2/3"}, seen); d != "" {
		t.Error(d)
	}
	w.agrees(t, e)
	read, err := j.Entries()
	must(t, err)
	if d := cmp.Diff([]journal.Entry{e}, read, cmp.AllowUnexported(platform.Repair{})); d != "" {
		t.Errorf("in memory and on the disk (-memory +disk):\n%s", d)
	}
	seen = nil
	e, err = j.Undo(t.Context(), w, e.ID, seen.progress)
	must(t, err)
	w.agrees(t, e)
	if d := cmp.Diff(told{"C 0/2", "A 1/2"}, seen); d != "" {
		t.Error(d)
	}
	if e.State != journal.Undone || e.Undoable() {
		t.Errorf("undone: %+v", e)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(w.folder), "*", "not", "yet", "*", "kept")); err != nil || len(left) > 0 {
		t.Errorf("kept although undone: %v, %v", left, err)
	}
}

// Where a change fails, what becomes of the entry depends on what there is to
// finish or to take back.
func TestStateAfterFailure(t *testing.T) {
	other := errors.New("other")
	refused := platform.CannotRepair(platform.RepairRefused, "", nil)
	tests := []struct {
		name         string
		changes      []string
		refuse, fail map[string]error
		want         journal.State
		undo         platform.RepairWhy
	}{
		{"the first, which can be taken back", []string{"A", "B"}, nil, map[string]error{"A": other}, journal.Unfinished, ""},
		{"the first, which can't", []string{"a", "B"}, nil, map[string]error{"a": other}, journal.Failed, platform.RepairNotUndoable},
		{"the second, after one that can", []string{"A", "b"}, nil, map[string]error{"b": other}, journal.Unfinished, ""},
		{"the second, after one that can't", []string{"a", "b"}, nil, map[string]error{"b": other}, journal.Unfinished, platform.RepairNotUndoable},
		{"refused before anything", []string{"A", "B"}, map[string]error{"A": refused}, nil, journal.Failed, platform.RepairNotUndoable},
		{"refused later", []string{"A", "B"}, map[string]error{"B": refused}, nil, journal.Unfinished, ""},
		{"refused after one that can't be taken back", []string{"a", "B"}, map[string]error{"B": refused}, nil, journal.Unfinished, platform.RepairNotUndoable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan(tt.changes...)
			w := newWorld(t, p)
			w.refuse, w.fail = tt.refuse, tt.fail
			j := journal.Open(t.TempDir())
			e, err := j.Make(t.Context(), w, p, nil)
			if e.State != tt.want || err == nil {
				t.Errorf("%s, want %s: %v", e.State, tt.want, err)
			}
			w.refuse, w.fail = nil, nil
			e, err = j.Undo(t.Context(), w, e.ID, nil)
			if why(err) != tt.undo {
				t.Errorf("undo: %v, want %q", err, tt.undo)
			}
			entries, err := j.Entries()
			must(t, err)
			if journal.Pending(entries) != nil {
				t.Errorf("still offered: %+v", e)
			}
			if tt.undo == "" {
				w.agrees(t, e)
			}
		})
	}
}

// Who refuses to let something be taken back leaves it made, and may be asked
// again.
func TestRefusedUndoLeavesItMade(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	j := journal.Open(t.TempDir())
	e, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.refuse = map[string]error{"B": platform.CannotRepair(platform.RepairRefused, "", nil)}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if why(err) != platform.RepairRefused || e.State != journal.Made {
		t.Fatalf("%s, %v", e.State, err)
	}
	w.agrees(t, e)
	w.refuse = map[string]error{"A": platform.CannotRepair(platform.RepairRefused, "", nil)}
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	if why(err) != platform.RepairRefused || e.State != journal.Unfinished || len(e.Left()) != 1 {
		t.Fatalf("%s, %v", e.State, err)
	}
	w.agrees(t, e)
	w.refuse = nil
	e, err = j.Undo(t.Context(), w, e.ID, nil)
	must(t, err)
	w.agrees(t, e)
}

// A change that was taken back and is then made again keeps what is there then,
// not what was there before.
func TestKeptAnewAfterTakenBack(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	j := journal.Open(t.TempDir())
	e, err := j.Make(t.Context(), w, p, nil)
	must(t, err)
	w.fail = map[string]error{"A": errBroken}
	if _, err = j.Undo(t.Context(), w, e.ID, nil); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	w.fail = nil
	w.fill(t, plan("B"), " newer")
	_, err = j.Finish(t.Context(), w, e.ID, nil)
	must(t, err)
	_, err = j.Undo(t.Context(), w, e.ID, nil)
	must(t, err)
	if n := w.there(t, p.Changes[1], " newer"); n != 2 {
		t.Errorf("%d files are as they were last", n)
	}
}

func TestOnlyOneAtATime(t *testing.T) {
	p := plan("A")
	w, folder := newWorld(t, p), t.TempDir()
	done, err := journal.Open(folder).Make(t.Context(), w, p, nil)
	must(t, err)
	w.fill(t, p, "")
	asked := 0
	w.before = func() {
		asked++
		second, ctx := journal.Open(folder), context.Background()
		_, make := second.Make(ctx, w, p, nil)
		_, finish := second.Finish(ctx, w, done.ID, nil)
		_, undo := second.Undo(ctx, w, done.ID, nil)
		for _, err := range []error{make, finish, undo} {
			if why(err) != platform.RepairBusy {
				t.Errorf("the second gets: %v", err)
			}
		}
		entries, err := second.Entries()
		if err != nil || len(entries) != 2 || entries[0].State != journal.Unfinished {
			t.Errorf("reading meanwhile: %+v, %v", entries, err)
		}
	}
	_, err = journal.Open(folder).Make(t.Context(), w, p, nil)
	must(t, err)
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestNothingToMake(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "journal")
	j := journal.Open(folder)
	first := platform.RepairPlan{Repair: platform.ClearCache("edge"), First: []platform.Repair{platform.QuitBrowser("edge")}}
	many := plan()
	for range 20_000 {
		many.Changes = append(many.Changes, plan("A").Changes...)
	}
	for want, p := range map[platform.RepairWhy][]platform.RepairPlan{
		platform.RepairNothing: {plan()},
		platform.RepairFailed:  {first, many, plan("not\xfftext")},
	} {
		for _, p := range p {
			if _, err := j.Make(t.Context(), &world{}, p, nil); why(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
	}
	if entries, err := j.Entries(); len(entries) > 0 || err != nil {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestStopsWhenTold(t *testing.T) {
	p := plan("A", "B")
	w := newWorld(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	w.before = cancel
	j := journal.Open(t.TempDir())
	e, err := j.Make(ctx, w, p, nil)
	if why(err) != platform.RepairStopped || e.State != journal.Unfinished || len(e.Left()) != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	w.agrees(t, e)
}

// No text of a command line leads out of the journal.
func TestUnknownEntry(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "journal")
	j, w := journal.Open(folder), newWorld(t, plan())
	for _, id := range []string{
		"", ".", "..", "../x", "lock", "/etc/passwd", `C:\x`, "20260101T000000Z-quit-browser", "20260101T000000Z-quit-browser/..",
		"20260101T000000Z-", "20260101T000000Z-..", strings.Repeat("9", 8) + "T000000Z-" + strings.Repeat("a", 1000), "20260101T000000Z-a\x00", "20260101T000000Z-a\n",
	} {
		_, undo := j.Undo(t.Context(), w, id, nil)
		_, finish := j.Finish(t.Context(), w, id, nil)
		if why(undo) != platform.RepairGone || why(finish) != platform.RepairGone {
			t.Errorf("%q: %v, %v", id, undo, finish)
		}
	}
}

func TestOnlyTheUserMayLook(t *testing.T) {
	if os.PathSeparator == '\\' {
		t.Skip("Windows keeps the folders of users apart by itself")
	}
	p := plan("A")
	folder := filepath.Join(t.TempDir(), "state", "journal")
	_, err := journal.Open(folder).Make(t.Context(), newWorld(t, p), p, nil)
	must(t, err)
	var modes []fs.FileMode
	must(t, filepath.WalkDir(filepath.Dir(folder), func(_ string, d fs.DirEntry, err error) error {
		must(t, err)
		info, err := d.Info()
		must(t, err)
		modes = append(modes, info.Mode())
		return nil
	}))
	slices.Sort(modes)
	if d := cmp.Diff([]fs.FileMode{0o600, fs.ModeDir | 0o700}, slices.Compact(modes)); d != "" {
		t.Error(d)
	}
}

func TestNamesAreUnique(t *testing.T) {
	p := plan("a")
	w, folder := newWorld(t, p), t.TempDir()
	seen := map[string]bool{}
	for range 12 {
		e, err := journal.Open(folder).At(fixed).Make(t.Context(), w, p, nil)
		must(t, err)
		if seen[e.ID] || strings.ContainsAny(e.ID, `:<>"/\|?*`) {
			t.Errorf("named %q", e.ID)
		}
		seen[e.ID] = true
	}
	entries, err := journal.Open(folder).Entries()
	must(t, err)
	if len(entries) != 12 {
		t.Errorf("%d entries", len(entries))
	}
}
