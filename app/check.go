package app

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/report/supportcode"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// lookLimit bounds one observation: every area gives up before that.
const lookLimit = 2*platform.ProbeLimit + 5*time.Second

// check prints the diagnosis of this computer.
func (p *program) check() *cobra.Command {
	c := &cobra.Command{Use: "check", Short: p.texts.Text("help.check"), Args: p.noArgs}
	form := p.formFlags(c)
	c.Flags().BoolVar(&form.quiet, "quiet", false, p.texts.Text("help.quiet"))
	observed := p.observedFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if form.quiet && form.json {
			return usage("error.json-and-quiet", nil)
		}
		s, q, err := observed(c.Context())
		if err != nil {
			return err
		}
		return p.print(checks.Diagnose(s, q.Question, s.Taken), s, *form, p.left(console.Beside{Said: q.said}))
	}
	return c
}

// observedFlags adds the flags of commands that look at this computer, and returns
// the function that looks.
func (p *program) observedFlags(c *cobra.Command) func(context.Context) (platform.Snapshot, question, error) {
	asked := p.questionFlags(c)
	wait := c.Flags().Duration("wait", 0, p.texts.Text("help.wait"))
	online := c.Flags().Bool("online", false, p.texts.Text("help.online"))
	return func(ctx context.Context) (platform.Snapshot, question, error) {
		q, err := asked()
		if err != nil {
			return platform.Snapshot{}, q, err
		}
		if *wait < 0 {
			return platform.Snapshot{}, q, usage("error.flag-value-wrong", assets.Args{"flag": "--wait", "value": wait.String()})
		}
		look := p.observe
		if *online {
			look = p.observeOnline
		}
		s, err := look(ctx, q.Question, *wait)
		return s, q, err
	}
}

// observe looks until every area has settled and, for as long as wait allows,
// until a person has plugged the reader in and put the card in.
func (p *program) observe(ctx context.Context, q checks.Question, wait time.Duration) (platform.Snapshot, error) {
	s, err := p.look(ctx, lookLimit, (*platform.Snapshot).Settled)
	if err != nil || wait == 0 || !needsHand(checks.Diagnose(s, q, s.Taken)) {
		return s, err
	}
	return p.look(ctx, wait, func(s *platform.Snapshot) bool {
		return s.Settled() && !needsHand(checks.Diagnose(*s, q, s.Taken))
	})
}

func (p *program) look(ctx context.Context, limit time.Duration, enough func(*platform.Snapshot) bool) (platform.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s, err := platform.Observe(ctx, p.Computer, func(s platform.Snapshot) bool { return enough(&s) })
	if err != nil {
		return s, fmt.Errorf("look at this computer: %w", err)
	}
	return s, nil
}

// needsHand reports whether waiting can help, because the cause is one that a
// person mends by plugging in, putting in or letting go.
func needsHand(d checks.Diagnosis) bool {
	return d.Cause != nil && (d.Cause.Step == checks.StepReader || d.Cause.Step == checks.StepCard)
}

// form says how to print.
type form struct {
	json, text, quiet, unmasked bool
}

func (p *program) formFlags(c *cobra.Command) *form {
	f := &form{}
	c.Flags().BoolVar(&f.json, "json", false, p.texts.Text("help.json"))
	c.Flags().BoolVar(&f.unmasked, "unmasked", false, p.texts.Text("help.unmasked"))
	return f
}

// print prints a diagnosis and returns its exit code as an error.
func (p *program) print(d checks.Diagnosis, s platform.Snapshot, f form, beside console.Beside) error {
	var err error
	beside.Who, beside.Unmasked, beside.Code = p.who(), f.unmasked, supportcode.Of(d, s, appVersion).Encode()
	switch {
	case f.quiet:
	case f.json:
		err = console.JSON(p.Stdout, p.texts, tool(), d, s, beside)
	default:
		err = console.Text(p.Stdout, p.texts, d, beside)
	}
	if err != nil {
		return err
	}
	return verdict(d)
}
