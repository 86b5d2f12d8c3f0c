package app

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"yomitori/app/report"
	"yomitori/app/wizard"
	"yomitori/assets"
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
			return p.listPractice()
		}
		computer, err := practice.Open(args[0])
		if err != nil {
			return err
		}
		return show(c, computer, p.texts.Text("practice."+args[0]+".title"))
	}
	return c
}

func (p *program) listPractice() error {
	for _, name := range practice.Names() {
		if _, err := fmt.Fprintf(p.Stdout, "%-18s %s\n", name, p.texts.Text("practice."+name+".title")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(p.Stdout, p.texts.Text("console.practice-hint"))
	return err
}

// open shows a saved report.
func (p *program) open() *cobra.Command {
	c := &cobra.Command{Use: "open FILE", Short: p.texts.Text("help.open"), Args: p.atMost(1)}
	show := p.recordedFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("error.file-missing", nil)
		}
		s, err := report.Read(args[0])
		if err != nil {
			return err
		}
		title := p.texts.Text("console.saved-report", assets.Args{"file": args[0]})
		return show(c, practice.New(s), title)
	}
	return c
}

// recordedFlags adds the flags of commands that show a recorded computer, and
// returns the function that shows one.
func (p *program) recordedFlags(c *cobra.Command) func(*cobra.Command, platform.Computer, string) error {
	f := p.formFlags(c)
	c.Flags().BoolVar(&f.text, "text", false, p.texts.Text("help.text"))
	forWhat := p.purposeFlag(c)
	return func(c *cobra.Command, computer platform.Computer, title string) error {
		why, err := purpose(*forWhat)
		if err != nil {
			return err
		}
		if f.json && f.text {
			return usage("error.json-and-text", nil)
		}
		if f.json || f.text || !p.Display {
			s, err := platform.Observe(c.Context(), computer, nil)
			if err != nil {
				return err
			}
			return p.print(checks.Diagnose(s, why, s.Taken), s, *f)
		}
		o := p.options()
		o.Computer, o.Recorded = computer, title
		if c.Flags().Changed("for") {
			o.Purpose = why
		}
		return p.OpenWindow(c.Context(), o)
	}
}

// wizard opens the window on this computer; without a display it prints.
func (p *program) wizard(ctx context.Context) error {
	if p.Display {
		return p.OpenWindow(ctx, p.options())
	}
	s, err := p.observe(ctx, checks.Any, 0)
	if err != nil {
		return err
	}
	d := checks.Diagnose(s, checks.Any, p.Now())
	fmt.Fprintln(p.Stderr, p.texts.Text("console.no-display"))
	defer func() {
		if d.Find(checks.ReaderOK) == nil {
			fmt.Fprintln(p.Stdout, p.texts.Text("console.try-practice"))
		}
	}()
	return p.print(d, s, form{})
}

// options are the wizard's options on this computer.
func (p *program) options() wizard.Options {
	o := wizard.Options{Computer: p.Computer, Lang: p.texts.Lang(), Now: p.Now}
	for _, name := range practice.Names() {
		o.Practice = append(o.Practice, wizard.Practice{
			Name: name,
			Open: func() (platform.Computer, error) { return practice.Open(name) },
		})
	}
	return o
}
