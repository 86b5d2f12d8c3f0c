package app_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
)

func TestRepair(t *testing.T) {
	const id = "clear-cache:edge"
	tests := []struct {
		name, input string
		args        []string
		change      func(*bench)
		code        int
		did         []string
		says        [2]string // in Japanese and in English
	}{
		{
			"consented", "y\n",
			[]string{id},
			nil, 0,
			[]string{"make one", "make two"},
			[2]string{"「yomitori undo」で元に戻せます", "takes it back"},
		},
		{"consented in Japanese", "はい\r\n", []string{id}, nil, 0, []string{"make one", "make two"}, [2]string{"(2/2)", "(2/2)"}},
		{"consented at large", "ＹＥＳ\n", []string{id}, nil, 0, []string{"make one", "make two"}, [2]string{"(1/2)", "(1/2)"}},
		{"declined", "n\n", []string{id}, nil, 77, nil, [2]string{"やめました", "Stopped"}},
		{"just enter", "\n", []string{id}, nil, 77, nil, [2]string{"やめました", "Stopped"}},
		{"neither yes nor no", "yikes\n", []string{id}, nil, 77, nil, [2]string{"やめました", "Stopped"}},
		{"the previewed is exact", "n\n", []string{id}, nil, 77, nil, [2]string{"Default", "Default"}},
		{"what to heed", "n\n", []string{id}, nil, 77, nil, [2]string{"ほかのサイト", "other sites"}},
		{"no terminal", "", []string{id}, nil, 64, nil, [2]string{"--yes", "--yes"}},
		{"yes beforehand", "", []string{id, "--yes"}, nil, 0, []string{"make one", "make two"}, [2]string{"実行しました", "Done"}},
		{"dry run", "", []string{id, "--dry-run"}, nil, 0, nil, [2]string{"何も変えていません", "nothing was changed"}},
		{"dry run and yes", "", []string{id, "--dry-run", "--yes"}, nil, 0, nil, [2]string{"two", "two"}},
		{"no such repair", "y\n", []string{"format:c"}, nil, 64, nil, [2]string{"「format:c」", `"format:c"`}},
		{"no such target", "y\n", []string{"quit-browser:../x"}, nil, 64, nil, [2]string{"../x", "../x"}},
		{"only takes back", "y\n", []string{"start-service:PcaSvc"}, nil, 64, nil, [2]string{"yomitori undo", "yomitori undo"}},
		{"options without a repair", "y\n", []string{"--yes"}, nil, 64, nil, [2]string{"修復を指定", "Name a repair"}},
		{"two repairs", "y\n", []string{id, id}, nil, 64, nil, [2]string{"余分", id}},
		{"not here", "y\n", []string{"clear-ssl-state"}, nil, 2, nil, [2]string{"できません", "cannot be done"}},
		{"nothing can be repaired", "y\n", []string{id}, func(b *bench) { b.none = true }, 2, nil, [2]string{"修復ができません", "cannot repair"}},
		{
			"nothing to do", "y\n",
			[]string{id},
			func(b *bench) { b.plans[cache] = []platform.RepairPlan{{Repair: cache}} }, 2, nil,
			[2]string{"何も変えていません", "nothing to repair"},
		},
		{
			"refused by the user", "y\n", []string{id}, func(b *bench) {
				b.makeErr = map[string]error{"one": platform.CannotRepair(platform.RepairRefused, "", nil)}
			}, 77, []string{"make one"}, [2]string{"許可", "Permission"},
		},
		{
			"denied by the system", "y\n", []string{id}, func(b *bench) {
				b.planErr = map[string]error{id: platform.CannotRepair(platform.RepairDenied, "", nil)}
			}, 77, nil, [2]string{"管理者", "administrator"},
		},
		{
			"fails half-way", "y\n",
			[]string{id},
			func(b *bench) { b.makeErr = map[string]error{"two": errors.New("x")} }, 70,
			[]string{"make one", "make two"},
			[2]string{"途中で止まりました", "half-way"},
		},
		{
			"still runs", "y\n", []string{id}, func(b *bench) {
				b.planErr = map[string]error{id: platform.CannotRepair(platform.RepairStillRuns, "", nil)}
			}, 2, nil, [2]string{"Edge", "Edge"},
		},
	}
	for _, tt := range tests {
		for i, lang := range []string{"ja", "en"} {
			t.Run(tt.name+", "+lang, func(t *testing.T) {
				b := twoFolders(t)
				if tt.change != nil {
					tt.change(b)
				}
				b.input = tt.input
				got := b.run(t, slices.Concat([]string{"repair", "--lang", lang}, tt.args)...)
				if got.code != tt.code || !strings.Contains(got.stdout+got.stderr, tt.says[i]) {
					t.Errorf("exit %d, want %d and %q; printed:\n%s%s", got.code, tt.code, tt.says[i], got.stdout, got.stderr)
				}
				if d := cmp.Diff(tt.did, b.did); d != "" {
					t.Errorf("did (-want +got):\n%s", d)
				}
				if len(tt.did) == 0 && len(b.states(t)) > 0 {
					t.Errorf("nothing was done, and the journal holds %v", b.states(t))
				}
				isSaid(t, got)
			})
		}
	}
}

// isSaid fails where the key of a text or a placeholder stands in its place.
func isSaid(t *testing.T, got outcome) {
	t.Helper()
	for _, mark := range []string{"console.", "error.", "cannot-repair", "heed.", "entry.", "undoable.", "{"} {
		if strings.Contains(got.stdout+got.stderr, mark) {
			t.Errorf("%q is said:\n%s%s", mark, got.stdout, got.stderr)
		}
	}
}

func TestListRepairs(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		got := newBench(t, "nfc-conflict").run(t, "repair", "--lang", lang)
		fits, all, ok := strings.Cut(got.stdout, "\n\n")
		if got.code != 0 || !ok || !strings.Contains(fits, "turn-off-device:") || strings.Contains(fits, "quit-browser") {
			t.Errorf("exit %d:\n%s%s", got.code, got.stdout, got.stderr)
		}
		for _, id := range platform.Repairs() {
			if named := strings.Contains(all, "  "+string(id)); named != (id != platform.RepairForgetChoice) {
				t.Errorf("%s is named: %t, on Windows", id, named)
			}
		}
		if strings.Contains(all, "pcscd") || strings.Contains(all, "safari") {
			t.Errorf("what Windows has not is named:\n%s", all)
		}
		isSaid(t, got)
		got = newBench(t, "healthy").run(t, "repair", "--lang", lang)
		if strings.Contains(got.stdout, "turn-off-device:a") || got.code != 0 {
			t.Errorf("healthy, exit %d:\n%s", got.code, got.stdout)
		}
	}
	got := newBench(t, "healthy").run(t, "repair", "--message", "HUB0002", "--for", "etax")
	if fits, _, _ := strings.Cut(got.stdout, "\n\n"); !strings.Contains(fits, "quit-browser:edge") {
		t.Errorf("with a message:\n%s", got.stdout)
	}
}

// mended is a computer on which something is another way once a repair was made.
type mended struct {
	*bench
	before, after platform.Snapshot
}

func (m mended) Follow(_ context.Context, report func(platform.Snapshot)) error {
	if len(m.did) > 0 {
		report(m.after)
	} else {
		report(m.before)
	}
	return nil
}

func TestWhetherItHelped(t *testing.T) {
	for _, tt := range []struct{ after, ja, en string }{
		{"healthy", "直りました。", "That helped."},
		{"service-disabled", "まだ直っていません。", "That did not help yet."},
	} {
		for lang, want := range map[string]string{"ja": tt.ja, "en": tt.en} {
			b := newBench(t, "service-disabled")
			b.computer = mended{b, snapshotOf(t, "service-disabled"), snapshotOf(t, tt.after)}
			r := platform.EnableService("SCardSvr")
			b.plan(r, platform.Change{Kind: platform.ChangeElevated, Do: r, Undoable: true})
			got := b.run(t, "repair", r.String(), "--yes", "--lang", lang)
			if got.code != 0 || !strings.Contains(got.stdout, want) {
				t.Errorf("%s: exit %d, want %q:\n%s%s", tt.after, got.code, want, got.stdout, got.stderr)
			}
			if admin := map[string]string{"ja": "管理者の許可を求めます", "en": "ask for an administrator"}[lang]; !strings.Contains(got.stdout, admin) {
				t.Errorf("nobody told of the administrator:\n%s", got.stdout)
			}
		}
	}
}

// What has to come first is shown and consented to by itself, and planned anew.
func TestFirstRepairs(t *testing.T) {
	quit := platform.QuitBrowser(platform.BrowserEdge)
	bench := func() *bench {
		b := newBench(t, "healthy")
		b.plans[cache] = []platform.RepairPlan{{Repair: cache, First: []platform.Repair{quit}}}
		b.plan(cache, folderOf("cache", false))
		b.plan(quit, folderOf("browser", false))
		return b
	}
	tests := []struct {
		name, input string
		args        []string
		code        int
		did         []string
	}{
		{"both consented", "y\ny\n", nil, 0, []string{"make browser", "make cache"}},
		{"only the first", "y\nn\n", nil, 77, []string{"make browser"}},
		{"the answers end", "y\n", nil, 64, []string{"make browser"}},
		{"not the first", "n\ny\n", nil, 77, nil},
		{"yes to all", "", []string{"--yes"}, 0, []string{"make browser", "make cache"}},
		{"dry run", "", []string{"--dry-run"}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := bench()
			b.input = tt.input
			got := b.run(t, append([]string{"repair", cache.String()}, tt.args...)...)
			if got.code != tt.code || !slices.Equal(b.did, tt.did) || !strings.Contains(got.stdout, "先に必要な修復") {
				t.Errorf("exit %d, did %v:\n%s%s", got.code, b.did, got.stdout, got.stderr)
			}
		})
	}
	t.Run("meanwhile done", func(t *testing.T) {
		b := bench()
		b.planErr = map[string]error{quit.String(): platform.CannotRepair(platform.RepairNothing, "", nil)}
		if got := b.run(t, "repair", cache.String(), "--yes"); got.code != 0 || !slices.Equal(b.did, []string{"make cache"}) {
			t.Errorf("exit %d, did %v", got.code, b.did)
		}
	})
	t.Run("without end", func(t *testing.T) {
		b := bench()
		b.plans[quit] = []platform.RepairPlan{{Repair: quit, First: []platform.Repair{cache}}}
		b.plans[cache] = b.plans[cache][:1]
		if got := b.run(t, "repair", cache.String(), "--yes"); got.code == 0 || len(b.did) > 0 {
			t.Errorf("exit %d, did %v", got.code, b.did)
		}
	})
}

// busy makes a repair while another copy of the program makes one.
type busy struct {
	*bench
	meanwhile func()
}

func (b busy) MakeChange(ctx context.Context, c platform.Change, kept string) (platform.Change, error) {
	b.meanwhile()
	return b.bench.MakeChange(ctx, c, kept)
}

func TestBusy(t *testing.T) {
	b := twoFolders(t)
	if got := b.run(t, "repair", cache.String(), "--yes"); got.code != 0 {
		t.Fatal(got)
	}
	for _, args := range [][]string{{"repair", cache.String(), "--yes"}, {"undo", "--yes"}} {
		for _, lang := range []string{"ja", "en"} {
			says := map[string]string{"ja": "もう1つ動いて", "en": "Another copy"}[lang]
			_, err := b.journal.Make(t.Context(), busy{b, func() {
				if got := b.run(t, append(args, "--lang", lang)...); got.code != 75 || !strings.Contains(got.stderr, says) {
					t.Errorf("%v: exit %d, %s", args, got.code, got.stderr)
				}
			}}, platform.RepairPlan{Repair: cache, Changes: []platform.Change{folderOf("one", true)}}, nil)
			if err != nil {
				t.Error(err)
			}
		}
	}
}
