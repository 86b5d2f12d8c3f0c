package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"yomitori/app/wizard"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
	"yomitori/platform/local"
	"yomitori/platform/online"
)

// Exit codes of the command line, a contract.
const (
	exitNothing      = 0
	exitCause        = 1
	exitUndetermined = 2
	exitUsage        = 64
	exitFailure      = 70 // the program itself failed: EX_SOFTWARE
	exitWrite        = 74 // the result could not be written: EX_IOERR
	exitBusy         = 75 // another copy of the program makes a repair: EX_TEMPFAIL
	exitRefused      = 77 // by the user or the system: EX_NOPERM
)

// Env is what the program is given by the process.
type Env struct {
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Computer       platform.Computer
	// Stdin is where a person answers, if Terminal is true.
	Stdin    io.Reader
	Terminal bool
	// Repairer makes repairs on the computer, and Journal records them; without
	// both of them nothing is repaired.
	Repairer platform.Repairer
	Journal  *journal.Journal
	// Elevated makes a repair that needs an administrator, by whom this program
	// was started then.
	Elevated func(context.Context, platform.Repair) error
	// Host is the name of the computer, which no report tells.
	Host string
	// CrashFile is where a note is left when the program crashes, or "".
	CrashFile string
	// Documents is where the window saves reports, or "".
	Documents string
	// Display is true when windows can be shown.
	Display bool
	// OpenWindow runs the wizard until its window closes.
	OpenWindow func(context.Context, wizard.Options) error
}

// Main runs the program and returns its exit code.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	cobra.MousetrapHelpText = "" // or a double click on Windows would end the program
	console, computer := local.OpenConsole(), local.Computer()
	quietCrash()
	host, _ := os.Hostname() // where there is none, there is nothing to leave out
	return Env{
		Host: host, CrashFile: crashFile(),
		Stdout: console.Stdout, Stderr: console.Stderr, Getenv: os.Getenv,
		Stdin: os.Stdin, Terminal: local.IsTerminal(os.Stdin),
		Computer: online.Over(computer, online.Options{}),
		Repairer: computer, Journal: openJournal(), Elevated: computer.Elevated,
		Documents: local.DocumentsFolder(),
		Display:   local.HasDisplay(),
		OpenWindow: func(ctx context.Context, o wizard.Options) error {
			console.Leave()
			return openWindow(ctx, o)
		},
	}.Run(ctx, args)
}

// openJournal is this user's journal of repairs, nil for a user without a folder.
func openJournal() *journal.Journal {
	folder, err := local.StateFolder()
	if err != nil {
		return nil
	}
	return journal.Open(filepath.Join(folder, "journal"))
}

// Run runs one command line and returns its exit code.
func (e Env) Run(ctx context.Context, args []string) int {
	if len(args) > 0 && args[0] == elevatedCommand {
		return e.elevated(ctx, args[1:])
	}
	lang, err := language(args, e.Getenv)
	p := &program{Env: e, texts: assets.In(lang)}
	if err != nil {
		sentence, status := p.sentence(err)
		fmt.Fprintln(e.Stderr, sentence)
		return status
	}
	return e.guarded(p.texts, func() int { return p.run(ctx, args) })
}

// run runs a command line in the language of the program.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	err := root.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return exitNothing
	case errors.As(err, &code):
		return int(code)
	}
	sentence, status := p.sentence(err)
	fmt.Fprintln(p.Stderr, sentence)
	return status
}

// exitCode ends a command that has said all there is to say.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// verdict is the exit code of a diagnosis.
func verdict(d checks.Diagnosis) error {
	switch d.Outcome() {
	case checks.NothingToDo, checks.CauseElsewhere:
		return nil
	case checks.CauseFound:
		return exitCode(exitCause)
	}
	return exitCode(exitUndetermined)
}
