package app_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

const fleets = "../docs/fleets/"

// needs skips a test whose program is missing here.
func needs(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is not installed; .ci/deps test installs it", program)
	}
	return path
}

// script writes a program that prints a text and exits with a code.
func script(t *testing.T, dir, name, prints string, code int) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file+".out", []byte(prints), 0o600); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("#!/bin/sh\necho \"$@\" >>'%s.args'\necho \"$HOME\" >'%s.home'\ncat '%s.out'\nexit %d\n", file, file, file, code)
	if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// instead stands for the program: it prints what the program prints on a computer.
func instead(t *testing.T, dir, computer, purpose string) (string, outcome) {
	t.Helper()
	o := checked(t, computer, purpose)
	return script(t, dir, "yomitori", o.stdout, o.code), o
}

// checked is the outcome of a check of a practice computer, or of one of which
// nothing is seen.
func checked(t *testing.T, computer, purpose string) outcome {
	t.Helper()
	args := []string{"check", "--json", "--unmasked", "--for", purpose}
	if computer == "unseen" {
		return runOn(t, practice.New(unseen()), args...)
	}
	return run(t, computer, args...)
}

// computersOfFleets are one for each way in which a check can end.
var computersOfFleets = []struct {
	computer, purpose string
	code              int
}{
	{"healthy", "etax", 0},
	{"extension-off", "etax", 1},
	{"no-reader", "any", 1},
	{"mac-accessory", "mynaportal", 1},
	{"unseen", "hpki", 2},
}

func TestJamfExtensionAttribute(t *testing.T) {
	sh := needs(t, "sh")
	for _, tt := range computersOfFleets {
		t.Run(tt.computer, func(t *testing.T) {
			dir := t.TempDir()
			program, o := instead(t, dir, tt.computer, tt.purpose)
			if o.code != tt.code {
				t.Fatalf("check exits with %d, want %d", o.code, tt.code)
			}
			code := codeOf(t, o)
			want := map[int]string{0: "ok", 1: causeOf(t, o) + ", " + code, 2: "undetermined, " + code}[o.code]
			if got := attribute(t, sh, dir, program, tt.purpose, "someone"); got != "<result>"+want+"</result>\n" {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestJamfExtensionAttributeWithoutResult(t *testing.T) {
	sh := needs(t, "sh")
	for _, tt := range []struct {
		name, person string
		program      func(dir string) string
		want         string
	}{
		{"not installed", "someone", func(dir string) string { return dir + "/none" }, "not installed"},
		{"at the login window", "root", func(dir string) string { return script(t, dir, "yomitori", "", 0) }, "nobody logged in"},
		{"the program fails", "someone", func(dir string) string { return script(t, dir, "yomitori", "", 70) }, "failed, exit code 70"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if got := attribute(t, sh, dir, tt.program(dir), "any", tt.person); got != "<result>"+tt.want+"</result>\n" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// attribute runs the script for Jamf, with what macOS has and this system has not.
func attribute(t *testing.T, sh, dir, program, purpose, person string) string {
	t.Helper()
	home := filepath.Join(dir, "home")
	sudo := "if [ \"$1\" = -H ]; then shift; HOME='" + home + "'; fi\nexport HOME\nshift 2\nexec \"$@\"\n" // keeps root's otherwise
	script(t, dir, "stat", person+"\n", 0)
	script(t, dir, "id", "501\n", 0)
	for name, text := range map[string]string{"launchctl": "shift 2\nexec \"$@\"\n", "sudo": sudo} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(sh, fleets+"jamf-extension-attribute.sh")
	c.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "YOMITORI="+program, "YOMITORI_PURPOSE="+purpose)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	if args, err := os.ReadFile(program + ".args"); err == nil && string(args) != "check --json --for "+purpose+"\n" {
		t.Errorf("called with %q", args)
	}
	if was, err := os.ReadFile(program + ".home"); err == nil && string(was) != home+"\n" {
		t.Errorf("called with the home folder %s", was)
	}
	return string(out)
}

func causeOf(t *testing.T, o outcome) string {
	t.Helper()
	m := regexp.MustCompile(`"cause": "([a-z.-]+)"`).FindStringSubmatch(o.stdout)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestShellScriptsPassShellcheck(t *testing.T) {
	shellcheck := needs(t, "shellcheck")
	files, err := filepath.Glob(fleets + "*.sh")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	if out, err := exec.Command(shellcheck, files...).CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

func TestAnsiblePlaybook(t *testing.T) {
	ansible := needs(t, "ansible-playbook")
	for _, tt := range computersOfFleets {
		t.Run(tt.computer, func(t *testing.T) {
			dir := t.TempDir()
			program, o := instead(t, dir, tt.computer, tt.purpose)
			out, err := playbook(t, ansible, dir, program, tt.purpose)
			if failed := err != nil; failed != (o.code == 1) {
				t.Errorf("%v:\n%s", err, out)
			}
			if says := map[int]string{0: "failed=0", 1: causeOf(t, o) + ":", 2: "Undetermined: reader.ok"}[o.code]; !strings.Contains(out, says) {
				t.Errorf("want %q in:\n%s", says, out)
			}
			if o.code != 0 && !strings.Contains(out, codeOf(t, o)) {
				t.Errorf("no support code in:\n%s", out)
			}
			if !strings.Contains(out, "changed=0") {
				t.Errorf("says that it changed something:\n%s", out)
			}
		})
	}
	t.Run("the program fails", func(t *testing.T) {
		dir := t.TempDir()
		if out, err := playbook(t, ansible, dir, script(t, dir, "yomitori", "", 70), "any"); err == nil {
			t.Errorf("taken for a result:\n%s", out)
		}
	})
}

func playbook(t *testing.T, ansible, dir, program, purpose string) (string, error) {
	t.Helper()
	c := exec.Command(ansible, "-i", "localhost,", "-c", "local", fleets+"ansible-check.yml", "-e", "yomitori="+program, "-e", "yomitori_purpose="+purpose)
	c.Env = append(os.Environ(), "HOME="+dir, "ANSIBLE_LOCALHOST_WARNING=False", "ANSIBLE_PYTHON_INTERPRETER=auto_silent", "ANSIBLE_NOCOLOR=1", "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	return string(out), err
}

// The scripts for Windows do not run here. What they rely on is held against the
// program: options, the names in the JSON, and that a silent repair needs no
// administrator.
func TestPowerShellScriptsNameWhatThereIs(t *testing.T) {
	files, err := filepath.Glob(fleets + "*.ps1")
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	help := run(t, "healthy", "check", "--help").stdout
	schema, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, flag := range regexp.MustCompile(`'(--[a-z]+)'`).FindAllStringSubmatch(text, -1) {
			if flag[1] != "--yes" && !strings.Contains(help, flag[1]) {
				t.Errorf("%s: there is no %s", file, flag[1])
			}
		}
		for _, path := range regexp.MustCompile(`\$(?i:result|cause)((?:\.[a-z_]+)+)`).FindAllStringSubmatch(text, -1) {
			for _, name := range strings.Split(path[1], ".")[1:] {
				if !strings.Contains(string(schema), `"`+name+`": {`) {
					t.Errorf("%s: %s is not in the schema", file, name)
				}
			}
		}
		for _, r := range []string{"refresh-pcsc", "end-program:1"} {
			if p, err := platform.ParseRepair(r); err != nil || p.Elevated() || p.BackOnly() {
				t.Errorf("%s is no repair that may be made silently: %v", r, err)
			}
		}
	}
}

// Scripts take these two out of the JSON by their names alone.
func TestNamesThatScriptsFindStandOnce(t *testing.T) {
	for _, tt := range computersOfFleets {
		o := checked(t, tt.computer, tt.purpose)
		for _, name := range []string{"cause", "support_code"} {
			if n := strings.Count(o.stdout, `"`+name+`":`); n != 1 {
				t.Errorf("%s: %s stands %d times", tt.computer, name, n)
			}
		}
	}
	for _, id := range checks.IDs() {
		if !regexp.MustCompile(`^[a-z0-9.-]+$`).MatchString(string(id)) {
			t.Errorf("%s needs unescaping", id)
		}
	}
}
