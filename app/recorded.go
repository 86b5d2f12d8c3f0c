package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/report"
	"yomitori/app/wizard"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// practice shows a recorded computer, or lists them.
func (p *program) practice() *cobra.Command {
	c := &cobra.Command{Use: "practice [NAME]", Short: p.texts.Text("help.practice"), Args: p.atMost(1)}
	show := p.recordedFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			if asked := c.Flags().NFlag(); asked > 1 || asked == 1 && !c.Flags().Changed("lang") {
				return usage("error.practice-name-missing", nil)
			}
			return p.listPractice()
		}
		computer, err := practice.Open(args[0])
		if err != nil {
			return err
		}
		return show(c, recorded{Options: wizard.Options{Computer: computer, Practising: args[0]}})
	}
	return c
}

func (p *program) listPractice() error {
	for _, name := range practice.Names() {
		if _, err := fmt.Fprintf(p.Stdout, "%-24s %s\n", name, p.texts.Text("practice."+name+".title")); err != nil {
			return fmt.Errorf("list practice computers: %w", err)
		}
	}
	if _, err := fmt.Fprintln(p.Stdout, p.texts.Text("console.practice-hint")); err != nil {
		return fmt.Errorf("list practice computers: %w", err)
	}
	return nil
}

// open shows a saved report.
func (p *program) open() *cobra.Command {
	c := &cobra.Command{Use: "open FILE", Short: p.texts.Text("help.open"), Args: p.atMost(1)}
	other := c.Flags().String("compare", "", p.texts.Text("help.compare"))
	show := p.recordedFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("error.file-missing", nil)
		}
		o, err := report.Open(args[0])
		if err != nil {
			return err
		}
		r := recorded{Options: wizard.Options{Computer: practice.New(o.Snapshot), File: filepath.Base(args[0])}, opened: o}
		if *other != "" {
			with, err := report.Open(*other)
			if err != nil {
				return err
			}
			r.with = &with
		}
		return show(c, r)
	}
	return c
}

// recorded is a computer that is not this one.
type recorded struct {
	wizard.Options
	opened report.Opened  // of a saved report
	with   *report.Opened // what to compare it with
}

// question is the one given on the command line or, where nothing was, the one
// that was asked on the day of the report.
func (r recorded) question(c *cobra.Command, given checks.Question) checks.Question {
	if r.opened.Question == nil {
		return given
	}
	q := *r.opened.Question
	if c.Flags().Changed("for") {
		q.Purpose = given.Purpose
	}
	if given.Told != (checks.Told{}) {
		q.Told = given.Told
	}
	return q
}

// comparison compares with the other report, for one question: the older one is
// what was before.
func (r recorded) comparison(ctx context.Context, q checks.Question) (*console.Comparison, error) {
	if r.with == nil {
		return nil, nil
	}
	before, after := r.opened.Snapshot, r.with.Snapshot
	if after.Taken.Before(before.Taken) {
		before, after = after, before
	}
	var judged [2]checks.Diagnosis
	for i, s := range []platform.Snapshot{before, after} {
		s, err := platform.Observe(ctx, practice.New(s), nil)
		if err != nil {
			return nil, err
		}
		judged[i] = checks.Diagnose(s, q, s.Taken)
	}
	c := console.Comparison{Before: before.Taken, After: after.Taken, Judged: judged, Comparison: checks.Compare(judged[0], judged[1])}
	return &c, nil
}

// recordedFlags adds the flags of commands that show a recorded computer, and
// returns the function that shows one.
func (p *program) recordedFlags(c *cobra.Command) func(*cobra.Command, recorded) error {
	f := p.formFlags(c)
	c.Flags().BoolVar(&f.text, "text", false, p.texts.Text("help.text"))
	question := p.questionFlags(c)
	online := c.Flags().Bool("online", false, "")
	if err := c.Flags().MarkHidden("online"); err != nil { // it is there to be answered
		panic(err)
	}
	return func(c *cobra.Command, r recorded) error {
		if *online {
			return usage("error.recorded-online", nil)
		}
		q, err := question()
		if err != nil {
			return err
		}
		if f.json && f.text {
			return usage("error.json-and-text", nil)
		}
		if f.json || f.text || !p.Display {
			return p.printRecorded(c, r, q, *f)
		}
		return p.showRecorded(c, r, q)
	}
}

// showRecorded opens the window on a recorded computer, with the question and the
// result of its day.
func (p *program) showRecorded(c *cobra.Command, r recorded, given question) error {
	q := r.question(c, given.Question)
	o := p.options()
	o.Computer, o.Practising, o.File = r.Computer, r.Practising, r.File
	o.Told, o.Said, o.Asked = q.Told, given.said, q
	if r.opened.Question != nil || r.with != nil || c.Flags().Changed("for") {
		o.Purpose = q.Purpose
	}
	if r.opened.Question != nil && q == *r.opened.Question {
		o.Saved = r.opened.Saved
	}
	compared, err := r.comparison(c.Context(), q)
	if err != nil {
		return err
	}
	if compared != nil {
		o.Compared = &wizard.Compared{Before: compared.Before, After: compared.After, Judged: compared.Judged, Comparison: compared.Comparison}
	}
	return p.OpenWindow(c.Context(), o)
}

// printRecorded prints what a recorded computer shows by today's rules, beside what
// was said on its day.
func (p *program) printRecorded(c *cobra.Command, r recorded, given question, f form) error {
	s, err := platform.Observe(c.Context(), r.Computer, nil)
	if err != nil {
		return err
	}
	q := r.question(c, given.Question)
	beside := console.Beside{Banner: r.Banner(p.texts), Said: given.said}
	if sameAsked := r.opened.Question != nil && q == *r.opened.Question; f.json || sameAsked {
		beside.Saved = r.opened.Saved // for another question it would be no answer
	}
	if beside.Comparison, err = r.comparison(c.Context(), q); err != nil {
		return err
	}
	return p.print(checks.Diagnose(s, q, s.Taken), s, f, beside)
}

// wizard opens the window on this computer; without a display it prints.
func (p *program) wizard(ctx context.Context) error {
	if p.Display {
		return p.OpenWindow(ctx, p.options())
	}
	q := checks.Question{Purpose: checks.Any}
	s, err := p.observe(ctx, q, 0)
	if err != nil {
		return err
	}
	d := checks.Diagnose(s, q, s.Taken)
	fmt.Fprintln(p.Stderr, p.texts.Text("console.no-display"))
	defer func() {
		if d.Find(checks.ReaderOK) == nil {
			fmt.Fprintln(p.Stdout, p.texts.Text("console.try-practice"))
		}
	}()
	return p.print(d, s, form{}, p.left(console.Beside{}))
}

// options are the wizard's options on this computer.
func (p *program) options() wizard.Options {
	o := wizard.Options{Computer: p.Computer, Lang: p.texts.Lang(), Scratch: scratchJournal, Page: report.ArticleHTML, Tool: tool(), Who: p.who()}
	if p.Journal != nil { // a nil of that type would be no nil to the wizard
		o.Repairer, o.Journal = p.Repairer, p.Journal
	}
	if p.Documents != "" {
		o.Save = saveIn(p.Documents, time.Now)
	}
	for _, name := range practice.Names() {
		o.Practice = append(o.Practice, wizard.Practice{
			Name: name,
			Open: func() (platform.Computer, error) { return practice.Open(name) },
		})
	}
	return o
}
