package macos_test

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/macos"
)

const (
	osascript = "/usr/bin/osascript"
	chromeApp = "/Applications/Google Chrome.app"
	chromeBin = chromeApp + "/Contents/MacOS/Google Chrome"
	helperBin = chromeApp + "/Contents/Frameworks/F.framework/Helpers/Google Chrome Helper.app/Contents/MacOS/Google Chrome Helper"
	jpkiBin   = "/Applications/JPKI.app/Contents/MacOS/JPKI"
	safariBin = "/System/Cryptexes/App/System/Applications/Safari.app/Contents/MacOS/Safari"
)

// sameRepair lets cmp compare repairs, which keep what they are to themselves.
var sameRepair = cmp.Comparer(func(a, b platform.Repair) bool { return a == b })

// running is a process of a living Mac.
type running struct {
	id, parent, uid int
	started         time.Time
	program, origin string
	stubborn        os.Signal // the strongest signal that does not end it
}

// living is a Mac on which repairs are made: what they do changes it.
type living struct {
	t         *testing.T
	*mac      // its files, and what other programs say
	now       time.Time
	processes []running
	choices   map[string][]byte // service to certificate, as DER
	holds     [][]byte          // the certificates in the keychain
	stays     bool              // what is deleted from the keychain is found again
	locked    bool              // the keychain
	script    func() error      // what osascript comes to; nil: the browser quits
	asked     []string          // of osascript, one argument a line
	told      []string          // other commands that change something
	signalled []string
	signals   func() // runs after every signal
	refuse    error  // of every signal
	uid       int
	o         macos.Options // what a test adds
}

func newLiving(t *testing.T) *living {
	l := &living{t: t, mac: newMac(), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), choices: map[string][]byte{}, uid: 501}
	for _, app := range []string{chromeApp, "/Applications/Safari.app"} {
		l.file(app+"/Contents/Info.plist", `<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleShortVersionString</key><string>1</string></dict></plist>`)
	}
	return l
}

func (l *living) start(id, parent int, program string) *running {
	l.processes = append(l.processes, running{id: id, parent: parent, uid: l.uid, started: l.now.Add(-time.Minute), program: program})
	return &l.processes[len(l.processes)-1]
}

func (l *living) computer() *macos.Computer {
	o := l.o
	o.Root, o.Home, o.Arch, o.UID = l.mac, l.home, "arm64", l.uid
	o.Run, o.Ask, o.Signal = l.run, l.run, l.signal
	o.Now = func() time.Time { return l.now }
	o.Getenv = func(string) string { return "" }
	o.Wait = func(ctx context.Context, d time.Duration) error {
		l.now = l.now.Add(d)
		return ctx.Err()
	}
	if o.Executable == nil {
		o.Executable = func() (string, error) { return "/Applications/Yomitori.app/Contents/MacOS/yomitori", nil }
	}
	return macos.New(o)
}

func (l *living) run(ctx context.Context, name string, args ...string) ([]byte, error) {
	switch line := strings.Join(args, " "); {
	case name == "/bin/ps":
		return []byte(l.ps(strings.Contains(line, "args="))), nil
	case name == osascript:
		return nil, l.runScript(args)
	case name == "/usr/bin/security" && strings.HasSuffix(args[0], "identity-preference"):
		return l.security(args)
	case name == "/usr/bin/open", name == "/usr/bin/killall":
		l.told = append(l.told, name+" "+line)
	}
	if _, known := l.runs[name]; known {
		return l.mac.run(ctx, name)
	}
	return nil, nil
}

func (l *living) ps(args bool) string {
	var b strings.Builder
	for _, p := range l.processes {
		if args {
			fmt.Fprintf(&b, "%5d %s %s\n", p.id, p.program, p.origin)
			continue
		}
		age := l.now.Sub(p.started)
		fmt.Fprintf(&b, "%5d %5d %5d %02d:%02d %s\n", p.id, p.parent, p.uid, int(age.Minutes()), int(age.Seconds())%60, p.program)
	}
	return b.String()
}

func (l *living) runScript(args []string) error {
	l.asked = append(l.asked, args...)
	if l.script != nil {
		return l.script()
	}
	l.processes = slices.DeleteFunc(l.processes, func(p running) bool { return p.stubborn == nil && !strings.Contains(p.program, "JPKI") })
	return nil
}

// failing is an osascript that ends with an error.
func failing(complaint string) func() error {
	return func() error { return &macos.ExitError{Program: osascript, Code: 1, Stderr: complaint} }
}

func (l *living) signal(id int, s os.Signal) error {
	l.signalled = append(l.signalled, fmt.Sprint(id, " ", s))
	if l.signals != nil {
		defer l.signals()
	}
	i := slices.IndexFunc(l.processes, func(p running) bool { return p.id == id })
	switch {
	case l.refuse != nil:
		return l.refuse
	case i < 0:
		return os.ErrProcessDone
	case l.processes[i].stubborn == nil, l.processes[i].stubborn == syscall.SIGTERM && s == syscall.SIGKILL:
		l.processes = slices.Delete(l.processes, i, i+1)
	}
	return nil
}

// security plays identity preferences as security(1) describes them.
func (l *living) security(args []string) ([]byte, error) {
	none := &macos.ExitError{Program: "/usr/bin/security", Code: 44, Stderr: "The specified item could not be found in the keychain."}
	if l.locked {
		return nil, &macos.ExitError{Program: "/usr/bin/security", Code: 51, Stderr: "User interaction is not allowed."}
	}
	if args[0] == "get-identity-preference" {
		if der, ok := l.choices[args[2]]; ok {
			return []byte(asPEM(der)), nil
		}
		return nil, none
	}
	l.told = append(l.told, strings.Join(args, " "))
	if args[1] == "-n" {
		if _, ok := l.choices[args[3]]; !ok {
			return nil, none
		}
		if l.stays {
			return nil, nil
		}
		delete(l.choices, args[3])
		return nil, nil
	}
	for _, der := range l.holds {
		if sha1Hex(der) == args[4] {
			l.choices[args[2]] = der
			return nil, nil
		}
	}
	return nil, none
}

func sha1Hex(der []byte) string {
	sum := sha1.Sum(der)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// plan plans a repair that must be possible.
func (l *living) plan(r platform.Repair) platform.RepairPlan {
	l.t.Helper()
	p, err := l.computer().PlanRepair(l.t.Context(), r, platform.Snapshot{})
	if err != nil {
		l.t.Fatalf("plan %s: %v", r, err)
	}
	if p.Repair != r {
		l.t.Errorf("the plan is for %q", p.Repair)
	}
	return p
}

// make makes changes until one fails.
func (l *living) make(p platform.RepairPlan, kept string) error {
	for _, c := range p.Changes {
		if _, err := l.computer().MakeChange(l.t.Context(), c, kept); err != nil {
			return err
		}
	}
	return nil
}

// cannot checks that a repair can't be planned, and why.
func (l *living) cannot(r platform.Repair, why platform.RepairWhy) {
	l.t.Helper()
	p, err := l.computer().PlanRepair(l.t.Context(), r, platform.Snapshot{})
	if got := platform.RepairWhyOf(err); err == nil || got != why {
		l.t.Errorf("%s: %+v, %v, want %s", r, p, err, why)
	}
}

func fails(t *testing.T, err error, why platform.RepairWhy) {
	t.Helper()
	if got := platform.RepairWhyOf(err); err == nil || got != why {
		t.Errorf("%v, want %s", err, why)
	}
}
