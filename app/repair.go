package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// settleLimit is how long readers and cards are waited for after something that
// takes them away for a moment.
const settleLimit = 3 * time.Second

// mostFirst bounds how often a repair may ask for others first, and how deep.
const mostFirst = 3

// consent says what a command line allows.
type consent struct{ dry, yes bool }

// repair repairs one thing, or lists what can be repaired.
func (p *program) repair() *cobra.Command {
	c := &cobra.Command{Use: "repair [ID]", Short: p.texts.Text("help.repair"), Args: p.atMost(1)}
	question := p.questionFlags(c)
	dry := c.Flags().Bool("dry-run", false, p.texts.Text("help.dry-run"))
	yes := c.Flags().Bool("yes", false, p.texts.Text("help.yes"))
	c.RunE = func(c *cobra.Command, args []string) error {
		asked, err := question()
		if err != nil {
			return err
		}
		q, may := asked.Question, consent{*dry, *yes}
		if len(args) == 0 {
			if may != (consent{}) {
				return usage("error.repair-missing", nil)
			}
			return p.listRepairs(c.Context(), q)
		}
		r, err := repairArgument(args[0])
		switch {
		case err != nil:
			return err
		case !may.dry && !may.yes && !p.Terminal:
			return usage("error.no-consent.repair", nil)
		case !p.canRepair():
			return &apology{"error.no-repairs", exitUndetermined}
		}
		return p.repairOne(c.Context(), q, r, may)
	}
	return c
}

func (p *program) canRepair() bool { return p.Repairer != nil && p.Journal != nil }

// repairArgument reads a repair that a person may ask for.
func repairArgument(text string) (platform.Repair, error) {
	r, err := platform.ParseRepair(text)
	switch {
	case slices.Contains(platform.Repairs(), platform.RepairID(strings.TrimSuffix(text, ":"))) && err != nil:
		return r, usage("error.repair-target-missing", assets.Args{"repair": strings.TrimSuffix(text, ":")})
	case err != nil:
		return r, usage("error.unknown-repair", assets.Args{"repair": platform.Printable(text, platform.LongestName)})
	case r.BackOnly():
		return r, usage("error.repair-back-only", assets.Args{"repair": r.String()})
	}
	return r, nil
}

func (p *program) listRepairs(ctx context.Context, q checks.Question) error {
	if !p.canRepair() {
		return &apology{"error.no-repairs", exitUndetermined}
	}
	s, err := p.observe(ctx, q, 0)
	if err != nil {
		return err
	}
	return console.Repairs(p.Stdout, p.texts, checks.Diagnose(s, q, s.Taken), s.System.OS)
}

// repairOne looks, repairs, looks again and says whether it helped.
func (p *program) repairOne(ctx context.Context, q checks.Question, r platform.Repair, may consent) error {
	s, err := p.observe(ctx, q, 0)
	if err != nil {
		return err
	}
	if err := p.carryOut(ctx, r, s, may, 0); err != nil || may.dry {
		return err
	}
	if err := p.say("console.looking"); err != nil {
		return err
	}
	again, err := p.observe(ctx, q, settling(r))
	if err != nil {
		return err
	}
	before, after := checks.Diagnose(s, q, s.Taken), checks.Diagnose(again, q, again.Taken)
	return p.printLine(words.HelpFor(p.texts, checks.HelpOf(before, after, r), after))
}

// settling is how long to wait for readers and cards after a repair.
func settling(r platform.Repair) time.Duration {
	switch r.ID() {
	case platform.RepairRestartService, platform.RepairEnableService, platform.RepairTurnOffDevice,
		platform.RepairTurnOnDevice, platform.RepairRestartDevice, platform.RepairRefreshPCSC:
		return settleLimit
	}
	return 0
}

// carryOut plans a repair, makes what has to come first, and then the repair
// itself, each after its own preview and consent.
func (p *program) carryOut(ctx context.Context, r platform.Repair, s platform.Snapshot, may consent, depth int) error {
	for range mostFirst {
		plan, err := p.Repairer.PlanRepair(ctx, r, s)
		if err != nil {
			return &cannot{repair: r, err: err}
		}
		if len(plan.First)+len(plan.Changes) == 0 {
			return &cannot{repair: r, err: platform.CannotRepair(platform.RepairNothing, "", nil)}
		}
		if err := console.Plan(p.Stdout, p.texts, plan); err != nil {
			return err
		}
		if len(plan.First) == 0 {
			return p.makePlanned(ctx, plan, may)
		}
		if err := p.makeFirst(ctx, plan.First, s, may, depth); err != nil || may.dry {
			return err
		}
	}
	return &cannot{repair: r, err: platform.CannotRepair(platform.RepairStillRuns, "", nil)}
}

// makeFirst makes the repairs that have to come first. One of which nothing is
// left to do meanwhile is none that fails.
func (p *program) makeFirst(ctx context.Context, first []platform.Repair, s platform.Snapshot, may consent, depth int) error {
	for _, r := range first {
		if depth == mostFirst {
			return &cannot{repair: r, err: platform.CannotRepair(platform.RepairFailed, "", nil)}
		}
		if err := p.printLine(""); err != nil {
			return err
		}
		err := p.carryOut(ctx, r, s, may, depth+1)
		if err != nil && platform.RepairWhyOf(err) != platform.RepairNothing {
			return err
		}
	}
	return p.printLine("")
}

func (p *program) makePlanned(ctx context.Context, plan platform.RepairPlan, may consent) error {
	if may.dry {
		return p.say("console.dry-run")
	}
	if err := p.ask(ctx, "repair", may.yes); err != nil {
		return err
	}
	e, err := p.Journal.Make(ctx, p.Repairer, plan, p.progress)
	if err != nil {
		return &cannot{repair: plan.Repair, err: err, left: e.State}
	}
	said := p.texts.Text("console.repaired")
	if e.Undoable() {
		said = words.Sentences(p.texts, said, p.texts.Text("console.repaired.undo"))
	}
	return p.printLine(said)
}

// progress prints what is done next. That it can't be printed stops no repair.
func (p *program) progress(c platform.Change, place, of int) {
	fmt.Fprintf(p.Stdout, "(%d/%d) %s\n", place+1, of, console.Change(p.texts, c))
}

// progressBack prints what is taken back next.
func (p *program) progressBack(c platform.Change, place, of int) {
	said := console.ChangeBack(p.texts, c)
	fmt.Fprintf(p.Stdout, "(%d/%d) %s\n", place+1, of, said)
}
