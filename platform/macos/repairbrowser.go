package macos

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// automationLimit is how long a person may take to let this program control a
// browser, and the browser to answer.
const automationLimit = time.Minute

// known is the browser with a name, nil for one that macOS has not.
func known(name platform.BrowserName) *browser {
	if i := slices.IndexFunc(browsers, func(b browser) bool { return b.name == name }); i >= 0 {
		return &browsers[i]
	}
	return nil
}

// of lists the user's processes of a browser.
func (c *Computer) of(b *browser) lister {
	return func(ctx context.Context) ([]process, error) {
		app, _, _ := c.findApp(*b)
		running, err := c.processes(ctx)
		return slices.DeleteFunc(running, func(p process) bool { return !b.owns(p, app) }), err
	}
}

// isApp reports whether a process is a browser itself, and no helper of it.
func isApp(p process) bool {
	below, _, _ := strings.Cut(p.program, ".app/Contents/MacOS/")
	return below != p.program && !strings.Contains(below, ".app/")
}

func (c *Computer) planQuit(ctx context.Context, r platform.Repair) (platform.RepairPlan, error) {
	b := known(platform.BrowserName(r.Target()))
	if b == nil {
		return platform.RepairPlan{}, notHere(r.Target())
	}
	running, err := c.of(b)(ctx)
	switch {
	case err != nil:
		return platform.RepairPlan{}, err
	case len(running) == 0:
		return platform.RepairPlan{}, platform.CannotRepair(platform.RepairNothing, r.Target(), nil)
	}
	return platform.RepairPlan{
		Changes: []platform.Change{
			{Kind: platform.ChangeCloseBrowser, Browser: b.name, Count: len(running)},
			{Kind: platform.ChangeEndProcess, Browser: b.name}, // what is left then
		},
		Heed: []platform.Heeding{platform.HeedUnsavedWork},
	}, nil
}

// closeBrowser asks a browser to quit and waits for it. What is left then is
// ended by the next change; but a person who does not want it to quit is heard.
func (c *Computer) closeBrowser(ctx context.Context, ch platform.Change) error {
	b := known(ch.Browser)
	if b == nil {
		return notHere(string(ch.Browser))
	}
	running, err := c.of(b)(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(running, isApp) {
		return nil // asking would start it
	}
	if err := c.askToQuit(ctx, b); err != nil {
		return err
	}
	_, err = c.untilNone(ctx, closeWait, c.of(b))
	return err
}

// askToQuit sends the Apple event. The script asks once more whether the app
// runs, since to tell an application something starts it.
func (c *Computer) askToQuit(ctx context.Context, b *browser) error {
	app := `application id "` + b.id + `"`
	asking, done := context.WithTimeout(ctx, automationLimit)
	defer done()
	_, err := c.o.Ask(asking, osascript, "-e", "if "+app+" is running then tell "+app+" to quit")
	switch number, _ := scriptError(err); {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), number == eventTimedOut, number == connectionInvalid, number == noSuchProcess:
		return nil // it hangs, or it is gone; waiting will show
	case number == eventNotPermitted:
		return platform.CannotRepair(platform.RepairDenied, platform.OnAutomation, err)
	case number == userCancelled:
		return platform.CannotRepair(platform.RepairStillRuns, string(b.name), err)
	}
	return platform.CannotRepair(platform.RepairFailed, string(b.name), err)
}

func (c *Computer) endBrowser(ctx context.Context, ch platform.Change) error {
	b := known(ch.Browser)
	if b == nil {
		return notHere(string(ch.Browser))
	}
	return c.end(ctx, c.of(b))
}

// inFiles reports whether a change is one of [chromium.Files].
func inFiles(k platform.ChangeKind) bool {
	return k == platform.ChangeCookies || k == platform.ChangeSiteFolder || k == platform.ChangeCacheFolder
}

// planFiles plans what is done to a browser's files. Safari's are closed to
// programs without Full Disk Access, and stay for the user to clear.
func (c *Computer) planFiles(ctx context.Context, r platform.Repair) (platform.RepairPlan, error) {
	p := platform.RepairPlan{Repair: r}
	name := platform.BrowserName(r.Target())
	err := chromium.PlanFiles(ctx, func() (chromium.Files, error) { return c.files(ctx, name) }, &p)
	if platform.RepairWhyOf(err) == platform.RepairStillRuns {
		return platform.RepairPlan{Repair: r, First: []platform.Repair{platform.QuitBrowser(name)}}, nil
	}
	return p, err
}

// files opens the files of a browser (facts/os-browser.md 5.1). While it runs,
// they are its own.
func (c *Computer) files(ctx context.Context, name platform.BrowserName) (chromium.Files, error) {
	b := known(name)
	if b == nil || b.userData == "" {
		return nil, notHere(string(name))
	}
	running, err := c.of(b)(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(running) > 0:
		return nil, platform.CannotRepair(platform.RepairStillRuns, string(name), nil)
	}
	return c.o.OpenFiles(name, c.atHome("Library/Application Support/"+b.userData), c.atHome("Library/Caches/"+b.userData))
}

func (c *Computer) changeFiles(ctx context.Context, ch platform.Change, kept string) (platform.Change, error) {
	files, err := c.files(ctx, ch.Browser)
	if err != nil {
		return ch, platform.Untouched(err)
	}
	defer files.Close()
	return files.MakeChange(ctx, ch, kept)
}

func (c *Computer) restoreFiles(ctx context.Context, ch platform.Change, kept string) error {
	files, err := c.files(ctx, ch.Browser)
	if err != nil {
		return platform.Untouched(err)
	}
	defer files.Close()
	return files.TakeBack(ctx, ch, kept)
}
