package wizard

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// newSaving is a wizard at the page that saves, whose files land in a list.
func newSaving(t *testing.T, lang assets.Lang, failing *error) (*rig, *[]string) {
	t.Helper()
	files := &[]string{}
	r := newRig(t, Options{Lang: lang, Tool: toolOfTests, Who: somebody, Save: func(content []byte, ending string) (string, error) {
		*files = append(*files, ending+" "+string(content))
		return fmt.Sprintf(`C:\Users\zqxhome\report%d%s`, len(*files), ending), *failing
	}})
	r.win.Resize(fyne.NewSize(900, 600))
	r.choose(checks.ETax)
	r.show("expired")
	r.do(cmdResult)
	r.press(r.t18("wizard.save.open"))
	r.wantLeaf(leaf{kind: leafSave})
	return r, files
}

func TestSavingAReport(t *testing.T) {
	var fails error
	r, files := newSaving(t, assets.Japanese, &fails)
	r.act(r.first)
	r.step()
	r.wantText(r.Wizard.t.Text("report.saved", assets.Args{"file": `C:\Users\zqxhome\report1.html`}))
	r.press(r.t18("wizard.save.data"))
	r.step()
	r.wantText("report2.yomitori")
	if len(*files) != 2 || !strings.HasPrefix((*files)[0], ".html <!") || !strings.HasPrefix((*files)[1], ".yomitori {") {
		t.Fatalf("saved: %.60q", *files)
	}
	if _, err := report.Parse([]byte(strings.TrimPrefix((*files)[1], ".yomitori "))); err != nil {
		t.Error(err)
	}
	for err, key := range map[error]string{
		&report.WriteError{Path: "x", Err: fs.ErrPermission}: "wizard.save.denied", errors.New("full"): "wizard.save.failed",
	} {
		fails = err
		r.act(r.first)
		r.step()
		r.wantText(r.t18(key))
	}
	r.press(r.t18("wizard.save.copy"))
	r.wantText(r.t18("wizard.save.copied"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != r.saving.Plain(r.Wizard.t) {
		t.Errorf("copied %q", got)
	}
	r.act(r.first)
	r.key(fyne.KeyEscape)
	r.step() // nobody is there to hear of it
	r.wantPage(pageResult)
}

// What is listed is what is saved, though another card came meanwhile.
func TestTheListedReportIsSaved(t *testing.T) {
	var fails error
	r, files := newSaving(t, assets.Japanese, &fails)
	before, err := r.saving.File()
	if err != nil {
		t.Fatal(err)
	}
	r.show("healthy")
	r.press(r.t18("wizard.save.data"))
	r.step()
	if (*files)[0] != ".yomitori "+string(before) {
		t.Error("something else is saved than what was listed")
	}
}

// Practice and opened files are no results of this computer.
func TestNothingOfPracticeIsSaved(t *testing.T) {
	r := newRig(t, Options{Practising: "healthy", Purpose: checks.ETax, Save: func([]byte, string) (string, error) { return "", nil }})
	r.show("expired")
	r.do(cmdResult)
	r.wantText(r.t18("wizard.code.open"))
	if r.says(r.t18("wizard.save.open")) {
		t.Error("it can be saved")
	}
}

// TestEverySavePage shows what is listed, area by area, with and without others who look
// on, in both languages and the smallest window; nothing of it tells of a person.
func TestEverySavePage(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		var fails error
		r, _ := newSaving(t, lang, &fails)
		for _, name := range markedComputers {
			s := observed(t, name)
			n := 0
			putMarks(reflect.ValueOf(&s).Elem(), "plain", "", &n)
			for range 2 {
				r.flow, r.library = begin().see(judge(s, checks.Question{Purpose: checks.ETax})).toResult(), library{}
				r.act(action{do: cmdRead, leaf: leaf{kind: leafSave}})
				wantSaveWords(t, r, size)
				for _, a := range platform.Areas {
					r.act(action{do: cmdRead, leaf: leaf{kind: leafArea, id: string(a)}})
					wantSaveWords(t, r, size)
					r.do(cmdBack)
				}
				r.share()
				if r.sharing() {
					r.act(r.first)
					r.step()
				}
				wantSaveWords(t, r, size)
			}
		}
	}
}

func wantSaveWords(t *testing.T, r *rig, size fyne.Size) {
	t.Helper()
	wantArticle(t, r, size)
	if all := r.words(); strings.Contains(all, "zqx") {
		i := strings.Index(all, "zqx")
		t.Errorf("%+v tells %q", r.library.top(), all[max(0, i-80):min(len(all), i+30)])
	}
}
