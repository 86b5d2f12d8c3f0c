package wizard

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

func TestCopying(t *testing.T) {
	r := newRig(t, Options{})
	r.readArticle("hub0002")
	if r.says(r.t18("wizard.article.print")) {
		t.Error("it can be printed without a browser")
	}
	r.win.Canvas().Focus(named(r.shell.body, r.t18("wizard.article.copy")))
	r.key(fyne.KeyReturn)
	r.wantText(r.t18("wizard.article.copied"))
	if got, want := fyne.CurrentApp().Clipboard().Content(), words.ArticlePlain(r.Wizard.t, mustArticle(t, "hub0002")); got != want {
		t.Errorf("copied %q", got)
	}
	if got := nameOf(r.win.Canvas().Focused()); got != r.t18("wizard.article.copy") {
		t.Errorf("the focus is on %q", got)
	}
}

// A page that is printed lies beside another computer than the recorded one.
func TestPrintingInPractice(t *testing.T) {
	printed := false
	r := newRig(t, Options{
		Practising: "healthy", Browse: func([]byte) error { return nil },
		Page: func(_ assets.Texts, _ articles.Article, d *checks.Diagnosis) ([]byte, error) {
			if printed = true; d != nil {
				t.Error("it tells of the recorded computer")
			}
			return nil, nil
		},
	})
	r.show("healthy")
	r.readArticle("hub0002")
	r.press(r.t18("wizard.article.print"))
	r.step()
	if !printed {
		t.Error("nothing is printed")
	}
}

func TestPrinting(t *testing.T) {
	var pages []string
	var fails error
	r := newRig(t, Options{
		Page: func(_ assets.Texts, a articles.Article, d *checks.Diagnosis) ([]byte, error) {
			if d == nil {
				return []byte(a.ID), nil
			}
			return []byte(a.ID + " with a diagnosis"), nil
		},
		Browse: func(page []byte) error { pages = append(pages, string(page)); return fails },
	})
	r.show("healthy")
	r.readArticle("hub0002")
	r.press(r.t18("wizard.article.print"))
	r.step()
	r.wantText(r.t18("wizard.article.printed"))
	if len(pages) != 1 || pages[0] != "hub0002 with a diagnosis" {
		t.Errorf("opened: %q", pages)
	}
	fails = errors.New("no browser")
	r.press(r.t18("wizard.article.print"))
	r.step()
	r.wantText(r.t18("wizard.article.print-failed"))
	r.press(r.t18("wizard.article.print"))
	r.do(cmdBack)
	r.step() // nobody is there to hear of it
	r.wantPage(pageStart)
}

func TestRepairsOfAnArticle(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.readArticle("smart-card-services")
	f.press(words.Repair(f.Wizard.t, enable))
	f.wantStage(stagePlanning)
	f.step()
	f.wantStage(stagePreview)
	f.key(fyne.KeyEscape)
	f.wantLeaf(leaf{kind: leafArticle, id: "smart-card-services"})
	f.press(words.Repair(f.Wizard.t, enable))
	f.step()
	f.consent()
	f.seeAgain("healthy")
	f.wantText(words.Help(f.Wizard.t, checks.Helped))
	f.primary()
	if f.flow.over != "" || len(f.library.leaves) > 0 {
		t.Errorf("after a repair: %s, %+v", f.flow.shown(), f.library)
	}
	f.readArticle("unknown-codes")
	if r := f.scene().articleView(mustArticle(t, "unknown-codes")).repairs; len(r) > 0 {
		t.Errorf("an article without repairs offers %+v", r)
	}
}
