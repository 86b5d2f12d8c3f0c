package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yomitori/platform"
	"yomitori/platform/journal"
)

func TestUndo(t *testing.T) {
	made := func(b *bench) {}
	halfWay := func(b *bench) { b.makeErr = map[string]error{"two": errors.New("x")} }
	tests := []struct {
		name, input string
		args        []string
		first       func(*bench) // how the repair before ends; nil for none
		code        int
		did         []string
		state       journal.State
		says        [2]string
	}{
		{"none", "y\n", nil, nil, 2, nil, "", [2]string{"元に戻せる修復はありません", "No repair can be undone"}},
		{"made", "y\n", nil, made, 0, []string{"back one"}, journal.Undone, [2]string{"元に戻しました", "Undone."}},
		{"what stays is said", "y\n", nil, made, 0, []string{"back one"}, journal.Undone, [2]string{"元に戻せないもの", "cannot be taken back"}},
		{"declined", "n\n", nil, made, 77, nil, journal.Made, [2]string{"やめました", "Stopped"}},
		{"no terminal", "", nil, made, 64, nil, journal.Made, [2]string{"--yes", "--yes"}},
		{"yes beforehand", "", []string{"--yes"}, made, 0, []string{"back one"}, journal.Undone, [2]string{"(1/1) 元に戻します", "(1/1) Takes back"}},
		{"half-way", "y\n", nil, halfWay, 0, []string{"back one"}, journal.Undone, [2]string{"元に戻しました", "Undone."}},
		{"finished", "y\n", []string{"--finish"}, halfWay, 0, []string{"make two"}, journal.Made, [2]string{"残っているもの", "What is left"}},
		{"finish declined", "n\n", []string{"--finish"}, halfWay, 77, nil, journal.Unfinished, [2]string{"やめました", "Stopped"}},
		{"nothing to finish", "y\n", []string{"--finish"}, made, 2, nil, journal.Made, [2]string{"途中で止まった修復はありません", "No repair stopped half-way"}},
		{"no such entry", "y\n", []string{"../x"}, made, 64, nil, journal.Made, [2]string{"「../x」", `"../x"`}},
		{"list and more", "y\n", []string{"--list", "--yes"}, made, 64, nil, journal.Made, [2]string{"--list", "--list"}},
		{"list", "", []string{"--list"}, made, 0, nil, journal.Made, [2]string{"元に戻せます", "can be undone"}},
		{"list of what is half-way", "", []string{"--list"}, halfWay, 0, nil, journal.Unfinished, [2]string{"途中で止まっています", "stopped half-way"}},
		{"empty list", "", []string{"--list"}, nil, 0, nil, "", [2]string{"記録はありません", "no record"}},
	}
	for _, tt := range tests {
		for i, lang := range []string{"ja", "en"} {
			t.Run(tt.name+", "+lang, func(t *testing.T) {
				b := twoFolders(t)
				if tt.first != nil {
					tt.first(b)
					b.run(t, "repair", cache.String(), "--yes")
				}
				b.makeErr, b.did, b.input = nil, nil, tt.input
				got := b.run(t, slices.Concat([]string{"undo", "--lang", lang}, tt.args)...)
				if got.code != tt.code || !strings.Contains(got.stdout+got.stderr, tt.says[i]) || !slices.Equal(b.did, tt.did) {
					t.Errorf("exit %d, want %d and %q; did %v; printed:\n%s%s", got.code, tt.code, tt.says[i], b.did, got.stdout, got.stderr)
				}
				if s := b.states(t); tt.state != "" && (len(s) != 1 || s[0] != tt.state) {
					t.Errorf("left as %v, want %s", s, tt.state)
				}
				isSaid(t, got)
			})
		}
	}
}

func TestUndoByID(t *testing.T) {
	b := twoFolders(t)
	b.run(t, "repair", cache.String(), "--yes")
	b.run(t, "repair", cache.String(), "--yes")
	entries, err := b.journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	old := entries[1].ID
	if got := b.run(t, "undo", old, "--yes"); got.code != 0 {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
	if s := b.states(t); !slices.Equal(s, []journal.State{journal.Made, journal.Undone}) {
		t.Errorf("%v", s)
	}
	if got := b.run(t, "undo", old, "--yes"); got.code != 2 || !strings.Contains(got.stderr, "戻せません") {
		t.Errorf("twice: exit %d, %s", got.code, got.stderr)
	}
	if got := b.run(t, "undo", "--list"); strings.Count(got.stdout, "clear-cache") != 2 || !strings.Contains(got.stdout, old) {
		t.Errorf("list:\n%s", got.stdout)
	}
}

func TestUndoFails(t *testing.T) {
	b := twoFolders(t)
	b.run(t, "repair", cache.String(), "--yes")
	b.backErr = map[string]error{"one": platform.CannotRepair(platform.RepairLocked, "", nil)}
	got := b.run(t, "undo", "--yes")
	if got.code != 2 || !strings.Contains(got.stderr, "途中で止まりました") {
		t.Errorf("exit %d, %s", got.code, got.stderr)
	}
	b.backErr = map[string]error{"one": platform.CannotRepair(platform.RepairRefused, "", nil)}
	if got := b.run(t, "undo", "--yes"); got.code != 77 {
		t.Errorf("exit %d, %s", got.code, got.stderr)
	}
}

// What cannot be undone is ended as it is, so that it is not offered for ever.
func TestUndoNothing(t *testing.T) {
	b := newBench(t, "healthy")
	b.plan(cache, folderOf("one", false), folderOf("two", false))
	b.makeErr = map[string]error{"two": errors.New("x")}
	b.run(t, "repair", cache.String(), "--yes")
	got := b.run(t, "undo", "--yes")
	if got.code != 2 || !strings.Contains(got.stdout, "元に戻せるものはありません") || !slices.Equal(b.states(t), []journal.State{journal.Failed}) {
		t.Errorf("exit %d, %v:\n%s%s", got.code, b.states(t), got.stdout, got.stderr)
	}
}

// Only the text of check tells that a repair stopped half-way.
func TestCheckTellsOfInterruptedRepairs(t *testing.T) {
	for lang, says := range map[string]string{"ja": "終わっていない修復", "en": "has not come to its end"} {
		b := twoFolders(t)
		if got := b.run(t, "check", "--lang", lang); strings.Contains(got.stdout, says) {
			t.Errorf("nothing was repaired:\n%s", got.stdout)
		}
		b.makeErr = map[string]error{"two": errors.New("x")}
		b.run(t, "repair", cache.String(), "--yes")
		if got := b.run(t, "check", "--lang", lang); !strings.Contains(got.stdout, says) {
			t.Errorf("nobody told:\n%s", got.stdout)
		}
		for _, args := range [][]string{{"check", "--json"}, {"practice", "healthy", "--text"}} {
			if got := b.run(t, append(args, "--lang", lang)...); strings.Contains(got.stdout+got.stderr, says) {
				t.Errorf("%v tells", args)
			}
		}
	}
}

// A journal is a file: what stands in it must not steer a terminal.
func TestHostileJournal(t *testing.T) {
	b, folder := twoFolders(t), t.TempDir()
	b.journal = journal.Open(folder)
	for id, text := range map[string]string{
		"20260101T000000Z-clear-cache": `{"event":"begun","repair":"clear-cache:edge","heed":["` + `\u001b[31m` + `"],"changes":[{"kind":"cache-folder","path":"` + `\u001b[31m\u202e\u0007` + `","undoable":true},{"kind":"` + `\u001b[2J` + `"}]}` + "\n" + `{"event":"making"}` + "\n",
		"20260101T000000Z-open":        "\n\n",
	} {
		if err := os.Mkdir(filepath.Join(folder, id), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, id, "entry.jsonl"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"undo", "--list"}, {"undo", "--finish", "--yes"}, {"undo", "--yes"}} {
		got := b.run(t, args...)
		if strings.ContainsAny(got.stdout+got.stderr, "\x1b\x07\u202e") || got.code != 0 || !strings.Contains(got.stderr, "読めない記録") {
			t.Errorf("%v: exit %d, %q, %q", args, got.code, got.stdout, got.stderr)
		}
	}
}

// Where the browser runs again, nothing is undone, nothing is left half-way, and it
// is said how to quit it.
func TestUndoWhileTheBrowserRuns(t *testing.T) {
	for lang, says := range map[string]string{"ja": "完全に終了して", "en": "while Microsoft Edge runs"} {
		b := twoFolders(t)
		b.run(t, "repair", cache.String(), "--yes")
		b.backErr = map[string]error{"one": platform.Untouched(platform.CannotRepair(platform.RepairStillRuns, cache.Target(), nil))}
		got := b.run(t, "undo", "--yes", "--lang", lang)
		if got.code != 2 || !strings.Contains(got.stderr, says) || !strings.Contains(got.stderr, "quit-browser:"+cache.Target()) {
			t.Errorf("exit %d, %s", got.code, got.stderr)
		}
		if !slices.Equal(b.states(t), []journal.State{journal.Made}) {
			t.Errorf("%v", b.states(t))
		}
	}
}

// What could not be brought back is named.
func TestUndoOfAPart(t *testing.T) {
	b := newBench(t, "healthy")
	b.plan(cache, folderOf("one", true), folderOf("two", true))
	b.run(t, "repair", cache.String(), "--yes")
	b.backErr = map[string]error{"two": platform.CannotRepair(platform.RepairChanged, "", nil)}
	got := b.run(t, "undo", "--yes")
	if got.code != 0 || !strings.Contains(got.stdout, "次のことはできませんでした") || !slices.Equal(b.states(t), []journal.State{journal.Undone}) {
		t.Errorf("exit %d, %v: %s%s", got.code, b.states(t), got.stdout, got.stderr)
	}
}

// A device that is still off is told of as long as it is.
func TestCheckTellsOfDevicesThatAreOff(t *testing.T) {
	for lang, says := range map[string]string{"ja": "止めたまま", "en": "still turned off"} {
		b := newBench(t, "healthy")
		off := platform.TurnOffDevice("nfc")
		b.plan(off, platform.Change{Kind: platform.ChangeElevated, Do: off, Path: "one", Undoable: true})
		b.run(t, "repair", off.String(), "--yes")
		if got := b.run(t, "check", "--lang", lang); !strings.Contains(got.stdout, says) {
			t.Errorf("nobody told:\n%s", got.stdout)
		}
		b.run(t, "undo", "--yes")
		if got := b.run(t, "check", "--lang", lang); strings.Contains(got.stdout, says) {
			t.Errorf("it is on again:\n%s", got.stdout)
		}
	}
}
