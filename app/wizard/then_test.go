package wizard

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
)

// The result of an opened file stands beside that of its day and of another file, as
// long as the same is asked.
func TestTheResultOfThatDay(t *testing.T) {
	q := checks.Question{Purpose: checks.ETax}
	before, after := judge(sample("expired"), q).d, judge(sample("healthy"), q).d
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		r := newRig(t, Options{
			Lang: lang, File: "a.yomitori", Purpose: q.Purpose, Asked: q, Tool: toolOfTests, Who: somebody,
			Saved:    &report.Saved{Time: sampleTime, Tool: toolOfTests, Cause: &before.Cause.ID},
			Compared: &Compared{Before: sampleTime, After: sampleTime, Judged: [2]checks.Diagnosis{before, after}, Comparison: checks.Compare(before, after)},
		})
		r.win.Resize(size)
		r.show("expired")
		r.do(cmdResult)
		for range 2 {
			r.wantText(r.t18("wizard.then"))
			r.wantText(r.t18("report.better"))
			wantWords(t, r)
			wantRoom(t, r, size)
			r.share()
		}
		if strings.Contains(strings.Join(r.texts(), "\n"), string(before.Cause.ID)) {
			t.Error("a finding stands there by its id")
		}
		r.tell(telling{told: checks.Told{Moved: checks.Yes}})
		if r.says(r.t18("wizard.then")) || r.says(r.t18("report.better")) {
			t.Error("the answer to another question stands there")
		}
	}
}
