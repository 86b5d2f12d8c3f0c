package wizard

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// somebody uses the computer of these tests.
var somebody = report.Personal{User: "zqxuser", Home: `C:\Users\zqxhome`, Host: "zqxhost"}

// gossip is what free text may hold.
const gossip = ` of zqxuser on ZQXHOST, zqxuser@zqxmail.test C:\Users\zqxother\a /home/zqxlinux/b`

// putMarks puts a marker into every personal field, and gossip into the names of devices.
func putMarks(v reflect.Value, share, name string, n *int) {
	switch v.Kind() {
	case reflect.String:
		switch plain := v.Type() == reflect.TypeFor[string](); {
		case share == "mask", share == "never":
			*n++
			v.SetString(fmt.Sprintf("zqx%04d", *n))
		case plain && v.String() != "" && (name == "name" || name == "model" || name == "reader"):
			v.SetString(v.String() + gossip)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			putMarks(v.Elem(), share, name, n)
		}
	case reflect.Slice:
		if v.Len() == 0 && share != "plain" && v.Type().Elem().Kind() == reflect.String {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			putMarks(v.Index(i), share, name, n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.IsExported() {
				putMarks(v.Field(i), f.Tag.Get("share"), name, n)
			}
		}
	}
}

// words are all that the window says: what is drawn, what is read out to those who do
// not see, and what stands in fields.
func (r *rig) words() string {
	all := []string{r.title()}
	visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if t, ok := o.(*canvas.Text); ok {
			all = append(all, t.Text)
		}
		if a, ok := o.(fyne.Accessible); ok {
			all = append(all, a.AccessibilityLabel())
		}
		if f, ok := o.(*field); ok && !f.Password {
			all = append(all, f.Text)
		}
	})
	return strings.ToLower(strings.Join(all, "\n"))
}

// Nothing that tells of a person is in any text of any page while the screen is shared.
func TestNothingPersonalOnASharedScreen(t *testing.T) {
	marks, without := 0, 0
	for _, lang := range assets.Langs {
		r := newRig(t, Options{
			Lang: lang, Tool: toolOfTests, Who: somebody, File: `C:\Users\zqxhome\zqx.yomitori`,
			Save:   func([]byte, string) (string, error) { return zqxPath, nil },
			Browse: func([]byte) error { return nil },
			Page:   func(assets.Texts, articles.Article, *checks.Diagnosis) ([]byte, error) { return nil, nil },
		})
		size := fyne.NewSize(900, 600)
		r.win.Resize(size)
		r.share()
		clean := func() {
			t.Helper()
			wantRoom(t, r, size)
			wantLetters(t, r)
			if all := r.words(); strings.Contains(all, "zqx") {
				i := strings.Index(all, "zqx")
				t.Errorf("page %q %+v tells %q", r.flow.shown(), r.library.top(), all[max(0, i-80):min(len(all), i+30)])
			}
		}
		for _, name := range markedComputers {
			s := observed(t, name)
			putMarks(reflect.ValueOf(&s).Elem(), "plain", "", &marks)
			for _, p := range []checks.Purpose{checks.ETax, checks.HPKI} {
				r.purpose = p
				r.everyPage(judge(s, checks.Question{Purpose: p, Told: checks.Told{Moved: checks.Yes}}), clean)
			}
		}
		r.share()
		if strings.Contains(r.words(), "zqx") {
			without++
		}
	}
	if marks < 100 || without != len(assets.Langs) {
		t.Errorf("%d markers; shown without sharing in %d languages", marks, without)
	}
}

var markedComputers = []string{"expired", "host-broken", "hpki-certificate-hidden", "extension-off"}

// everyPage shows every page of what was judged, unfolded.
func (r *rig) everyPage(j judged, check func()) {
	r.library, r.fix = library{}, repairing{}
	r.flow = begin().see(j).toResult()
	r.snapshot, r.have = j.s, true
	for _, p := range rail {
		r.flow.page, r.flow.reached, r.flow.held = p, len(rail)-1, true
		r.shell.shown, r.shell.lastPage = nil, ""
		r.update()
		r.unfolded, r.shell.shown = true, nil
		r.update()
		check()
	}
	r.everyLeaf(check)
	r.typed, r.flow.over, r.askPage, r.shell.shown = "HUB0002 zqxuser", pageAsk, nil, nil
	r.update()
	check()
	r.askPage.field.SetText("zqxuser@zqxhost")
	check()
	r.typed = ""
	r.everyStage(j, check)
	r.flow.over, r.flow.page = "", pageResult
	r.update()
}

// zqxPath is where files of somebody are.
const zqxPath = `C:\Users\zqxhome\zqx-company\zqx-person\report.html`

// everyLeaf shows every page of the library, with personal text in fields and in what
// came of buttons, and as what lies below.
func (r *rig) everyLeaf(check func()) {
	file, opened := r.o.File, []leaf{
		{kind: leafSupport},
		{kind: leafEnter},
		{kind: leafSearch},
		{kind: leafPlace, where: articles.Wheres[0]},
		{kind: leafArticle, id: "hub0002"},
		{kind: leafCode, id: "hub0002"},
		{kind: leafTheirs, id: r.code()},
		{kind: leafSave},
	}
	for _, a := range platform.Areas {
		opened = append(opened, leaf{kind: leafArea, id: string(a)})
	}
	r.o.File, r.saving = "", r.newReport()
	for _, l := range opened {
		r.library = library{}
		r.act(action{do: cmdRead, leaf: leaf{kind: leafSearch, typed: "HUB0099 zqxuser"}})
		check()
		r.act(action{do: cmdRead, leaf: l})
		top := r.library.top()
		top.typed, top.done = "HUB0099 zqxuser", line{mark: markOK, text: "done" + gossip}
		r.library, r.shell.shown = r.library.with(top), nil
		r.update()
		check()
		if l.kind == leafSave {
			r.act(r.first)
			r.step()
			check()
		}
	}
	r.library, r.flow.over, r.o.File = library{}, "", file
}

// everyStage shows every stage of a repair whose changes tell of a person.
func (r *rig) everyStage(j judged, check func()) {
	c := platform.Change{
		Kind: platform.ChangeCacheFolder, Undoable: true, Browser: "chrome", Profile: "zqxuser", Path: `C:\Users\zqxhome\zqxfile`, SHA256: "zqx", Count: 1,
	}
	process := platform.Change{Kind: platform.ChangeEndProcess, Program: "chrome.exe of zqxuser", Path: `C:\Users\zqxhome\zqx.exe`, Count: 1}
	e := journal.Entry{ID: "1", Repair: enable, Begun: sampleTime, State: journal.Made, Changes: []journal.Step{{Change: c, Made: true, Begun: true}}}
	for _, a := range []act{actMake, actUndo} {
		for _, s := range []stage{stagePlanning, stagePreview, stageDoing, stageLooking, stageAfter, stageFailed} {
			r.fix = repairing{
				act: a, stage: s, repair: enable, before: j.d, after: j.d, of: 2, entry: e,
				plan: platform.RepairPlan{Repair: enable, Changes: []platform.Change{c, process}},
				err:  &platform.RepairError{Why: platform.RepairDenied, On: `C:\Users\zqxhome\zqxfile`},
			}
			r.flow.over = pageRepair
			r.update()
			check()
		}
	}
	r.fix, r.entries = repairing{}, []journal.Entry{e}
	r.flow.over, r.flow.page = "", pageRecords
	r.update()
	check()
}
