package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
)

// runAxe prints what axe-core finds into the page. Contrast has to be that of
// level AAA.
const runAxe = `axe.run(document, {rules: {'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}}}).then(r => {
  const wide = document.documentElement.scrollWidth > window.innerWidth;
  document.body.innerHTML = '<pre id="axe"></pre>';
  document.getElementById('axe').textContent = JSON.stringify({passes: r.passes.length, wide,
    violations: r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' '))});
});`

// policy keeps scripts out of a page; the test has to let one in.
var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

var printed = regexp.MustCompile(`(?s)<pre id="axe">(.*?)</pre>`)

// Pages are held against axe-core by .ci/axe, which fetches it.
func TestPagesAreAccessible(t *testing.T) {
	axe := os.Getenv("YOMITORI_AXE")
	if axe == "" {
		t.Skip("YOMITORI_AXE does not name axe-core; .ci/axe runs this test with it")
	}
	script, err := os.ReadFile(axe)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("notices", func(t *testing.T) {
		page, err := reportOn(t, "healthy", checks.Question{Purpose: checks.Any}).HTML(assets.In(assets.English))
		if err != nil {
			t.Fatal(err)
		}
		// A grey that AA allows and AAA does not, a page without a language.
		bad := strings.NewReplacer("--soft: #3d4853", "--soft: #707070", `<html lang="en">`, "<html>").Replace(string(page))
		got := strings.Join(axeOn(t, bad, string(script), false, nil).Violations, "\n")
		if !strings.Contains(got, "color-contrast-enhanced") || !strings.Contains(got, "html-has-lang") {
			t.Errorf("violations:\n%s", got)
		}
	})
	for name, q := range map[string]checks.Question{
		"expired":                 {Purpose: checks.ETax},
		"hpki-certificate-hidden": {Purpose: checks.HPKI},
		"two-faults":              {Purpose: checks.Mynaportal, Told: checks.Told{Message: checks.MessageHUB0002, Moved: checks.Yes}},
		"no-reader":               {Purpose: checks.Any},
		"healthy":                 {Purpose: checks.ETax, Told: checks.Told{Moment: checks.MomentWhite}},
	} {
		for _, lang := range assets.Langs {
			page, err := reportOn(t, name, q).HTML(assets.In(lang))
			if err != nil {
				t.Fatal(err)
			}
			for look, args := range map[string][]string{
				"light": nil, "dark": {"--force-dark-mode", "--blink-settings=preferredColorScheme=0"}, "narrow": {},
			} {
				t.Run(fmt.Sprintf("%s %s %s", name, lang, look), func(t *testing.T) {
					got := axeOn(t, string(page), string(script), look == "narrow", args)
					if len(got.Violations) > 0 || got.Passes < 20 || got.Wide {
						t.Errorf("%d rules passed, wider than the window: %t, violations:\n%s", got.Passes, got.Wide, strings.Join(got.Violations, "\n"))
					}
				})
			}
		}
	}
}

// axeResult is what runAxe prints.
type axeResult struct {
	Passes     int
	Wide       bool
	Violations []string
}

// axeOn checks one page, in a window or in a frame as wide as a small phone.
func axeOn(t *testing.T, page, script string, narrow bool, args []string) axeResult {
	t.Helper()
	if len(policy.FindAllString(page, -1)) != 1 {
		t.Fatal("the page says nothing about scripts")
	}
	page = policy.ReplaceAllString(page, "")
	page = strings.Replace(page, "</body>", "<script>"+script+"</script><script>"+runAxe+"</script></body>", 1)
	if narrow {
		page = `<!DOCTYPE html><title>frame</title><iframe id="f" style="width:320px;height:2000px;border:0" srcdoc="` + html.EscapeString(page) + `"></iframe>
<script>setInterval(() => { const p = document.getElementById('f').contentDocument.getElementById('axe');
if (p && !document.getElementById('axe')) document.body.appendChild(document.importNode(p, true)) }, 100)</script>`
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	var got axeResult
	found := printed.FindStringSubmatch(dumped(t, file, args))
	if found == nil {
		t.Fatal("axe-core did not come to an end")
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(found[1])), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// dumped is a page as it stands after its scripts have run.
func dumped(t *testing.T, file string, args []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // against a browser that hangs
	defer cancel()
	all := append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + t.TempDir(),
		"--virtual-time-budget=20000", "--window-size=900,1200", "--dump-dom",
	}, args...)
	out, err := exec.CommandContext(ctx, "chromium", append(all, "file://"+file)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// reportOn is a report on a practice computer.
func reportOn(t *testing.T, name string, q checks.Question) report.Report {
	t.Helper()
	s := observed(t, name)
	return report.New(report.Tool{Name: "yomitori", Version: "0.1.0"}, report.Personal{}, checks.Diagnose(s, q, s.Taken), s, s.Taken)
}
