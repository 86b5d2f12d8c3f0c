package wizard

import (
	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
)

// Options are what a wizard is opened with.
type Options struct {
	// Computer is the computer to look at first.
	Computer platform.Computer
	// Practice lists recorded computers that the user may try instead.
	Practice []Practice
	// Purpose is what the user wants to do; when empty, the first page asks.
	Purpose checks.Purpose
	// Told is what the user told already.
	Told checks.Told
	// Said is what the user gave as the text of a page.
	Said string
	// Lang is the language to begin with; when empty, Japanese.
	Lang assets.Lang
	// Practising is the name of the practice computer that Computer is, and File
	// the saved report that it was read from. Both are empty when Computer is
	// this machine; one of them is shown for as long as that is looked at.
	Practising, File string
	// Saved is what the file said on its day to the question Asked, and Compared what
	// became of it in another file; they are shown with the result, and nil without.
	Saved    *report.Saved
	Asked    checks.Question
	Compared *Compared
	// Repairer makes repairs on this machine, and Journal records them; without
	// both, none is offered. A practice computer that is a platform.Repairer brings
	// its own.
	Repairer platform.Repairer
	Journal  Journal
	// Scratch makes a journal for practice, and returns what removes it. It must
	// return quickly.
	Scratch func() (Journal, func(), error)
	// Page makes a page of an article, with what a diagnosis shows of its causes, and
	// Browse opens one in a browser; without both, no article can be opened to print.
	Page   func(assets.Texts, articles.Article, *checks.Diagnosis) ([]byte, error)
	Browse func(page []byte) error
	// Tool is this program, as reports and support codes name it, and Who the user
	// whom nothing that leaves may tell of.
	Tool report.Tool
	Who  report.Personal
	// Save writes a report where the user finds it, and returns where; it replaces
	// nothing. Without it no report can be saved.
	Save func(content []byte, ending string) (path string, err error)
}

// Banner says what is looked at, when that is not this machine.
func (o Options) Banner(t assets.Texts) string {
	switch {
	case o.Practising != "":
		return t.Text("wizard.recorded", assets.Args{"title": t.Text("practice." + o.Practising + ".title")})
	case o.File != "":
		return t.Text("wizard.saved", assets.Args{"file": o.File})
	}
	return ""
}

// Practice is a recorded computer. Its title and what it teaches are the texts
// "practice.<name>.title" and "practice.<name>.teaches".
type Practice struct {
	Name string
	Open func() (platform.Computer, error) // must return quickly
}
