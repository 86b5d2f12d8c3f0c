package app

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// yeses are the answers that consent; any other one does not.
var yeses = []string{"y", "yes", "ｙ", "ｙｅｓ", "はい"}

// ask asks a person for consent, which --yes gives beforehand. Where nobody
// answers, because the input has ended, there is nobody to ask.
func (p *program) ask(ctx context.Context, what string, yes bool) error {
	if yes {
		return nil
	}
	if _, err := fmt.Fprint(p.Stdout, p.texts.Text("console.ask."+what)+" > "); err != nil {
		return fmt.Errorf("ask for consent: %w", err)
	}
	answer, err := p.answer(ctx)
	switch {
	case ctx.Err() != nil:
		return &apology{"error.declined", exitRefused}
	case err != nil && answer == "":
		return usage("error.no-consent."+what, nil)
	case !slices.Contains(yeses, strings.ToLower(strings.TrimSpace(answer))):
		return &apology{"error.declined", exitRefused}
	}
	return nil
}

// answer reads a line, or gives up with the context. A read that nobody answers is
// left behind; the program ends then.
func (p *program) answer(ctx context.Context) (string, error) {
	if p.input == nil {
		p.input = bufio.NewReader(p.Stdin)
	}
	type line struct {
		text string
		err  error
	}
	lines := make(chan line, 1)
	go func() {
		text, err := p.input.ReadString('\n')
		lines <- line{text, err}
	}()
	select {
	case l := <-lines:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// apology is a sentence with which a command ends, and its exit code.
type apology struct {
	key  string
	code int
}

func (e *apology) Error() string { return e.key }

// cannot is a repair that was not made or not taken back; the reason decides on
// the sentence and the exit code.
type cannot struct {
	repair platform.Repair
	err    error
	left   journal.State // in which the entry was left, if there is one
	undo   bool          // it was to be taken back
}

func (e *cannot) Error() string { return fmt.Sprintf("repair %s: %v", e.repair, e.err) }

func (e *cannot) Unwrap() error { return e.err }

// sentence says why, and what can be done about a repair that stopped half-way.
func (e *cannot) sentence(p *program) string {
	why := words.CannotRepair
	if e.undo {
		why = words.CannotUndo
	}
	said := why(p.texts, e.repair, e.err)
	switch {
	case e.left == journal.Unfinished && e.undo:
		said = words.Sentences(p.texts, said, p.texts.Text("console.unfinished.undo"))
	case e.left == journal.Unfinished:
		said = words.Sentences(p.texts, said, p.texts.Text("console.unfinished"))
	case e.undo && platform.RepairWhyOf(e.err) == platform.RepairStillRuns:
		if quit, ok := quitFirst(e.repair); ok {
			said = words.Sentences(p.texts, said, p.texts.Text("console.quit-first", assets.Args{"repair": quit.String()}))
		}
	}
	return said
}

// quitFirst is the repair that ends the browser of which files were changed.
func quitFirst(r platform.Repair) (platform.Repair, bool) {
	quit, err := platform.ParseRepair(string(platform.RepairQuitBrowser) + ":" + r.Target())
	return quit, err == nil
}

// code is the exit code for the reason.
func (e *cannot) code() int {
	switch platform.RepairWhyOf(e.err) {
	case platform.RepairBusy:
		return exitBusy
	case platform.RepairRefused, platform.RepairNoAdmin, platform.RepairDenied, platform.RepairStopped:
		return exitRefused
	case platform.RepairFailed:
		return exitFailure
	}
	return exitUndetermined
}

// say prints a text, printLine a line.
func (p *program) say(key string) error { return p.printLine(p.texts.Text(key)) }

func (p *program) printLine(line string) error {
	if _, err := fmt.Fprintln(p.Stdout, line); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}
