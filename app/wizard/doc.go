// Package wizard is the window: one page a step, one sentence, one drawing and
// one primary button a page.
//
// It looks at nothing and judges nothing. A computer is followed in the
// background (follow.go), every snapshot is judged by package checks, and the
// diagnosis is handed to the user interface. Which page is shown then is
// decided by a state machine that knows no Fyne (flow.go); what the page says
// is a plain value (view.go, result.go, with one step_*.go a step); only then
// do widgets come in (shell.go and the files beside it).
//
// The package must not import fyne.io/fyne/v2/app, so that its tests need no
// OpenGL. It never shows a value that a snapshot masks, and never asks for a PIN:
// its fields (field.go) are for what a page said; what looks like a PIN is dropped
// from them, and nothing that stands in them is kept.
//
// What the user tells (telling.go) is asked on a page that lies over the result
// (ask.go, askpage.go). There too, and nowhere else, is the button that lets the
// computer ask over the internet.
//
// A repair lies over the page that offered it (offer.go). It is a state machine of
// its own (repairing.go) and a plain page (repairview.go): what would change, then
// the user's consent, then the changes, made by package journal away from the user
// interface (repairwork.go), then another look that says whether it helped. No key
// that was meant for the page before can consent.
//
// Articles lie over the page that led to them, each over the one before
// (library.go, librarywork.go): what was found for a text (searchview.go,
// searchpage.go), an article joined with the diagnosis (articleview.go,
// articlepage.go), its steps as a code for a phone.
//
// The same way lie the pages about a computer that somebody helps with: the support code
// (support.go), the result that another computer's code tells, and the report to save
// (saving.go). While the screen is shared, every scene is masked before a page is made
// of it (sharing.go), and buttons bear letters (letters.go).
//
// Start reading at flow.go, then at [New].
package wizard
