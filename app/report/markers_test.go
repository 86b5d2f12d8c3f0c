package report_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/console"
	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// somebody uses the computer of these tests.
var somebody = report.Personal{User: "zqxuser", Home: `C:\Users\zqxhome`, Host: "zqxhost.zqxdomain.test"}

// gossip is what free text may hold.
const gossip = ` of zqxuser on ZQXHOST, ZQXUSER@zqxmail.test, C:\Users\zqxother\a /Users/zqxmac/b /home/zqxlinux/c /Users/zqxgiven zqxfamily/Library \\zqxserver\d \\zqxserver01 smb://zqxfs.zqxcorp/a host zqxfs.zqxcorp:80 ` +
	`S-1-5-21-424242-43-44-1001 fe80::4242:43 de:ad:42:42:be:ef (42424242) D:\zqxhome\x`

// leaks are the parts of gossip that may be nowhere. The first is the beginning of
// every marker.
var leaks = []string{"zqx", "424242", "fe80::", "de:ad:42", "10.42.42.42"}

// marker puts a marker into every personal field, and gossip into what is plain.
type marker struct {
	n int
	// all makes what is not there, and fills every plain text; otherwise only names
	// are changed, so that the computer is judged as before.
	all bool
}

func (m *marker) fill(v reflect.Value, share, name string) {
	switch v.Kind() {
	case reflect.String:
		m.text(v, share, name)
	case reflect.Pointer:
		if v.IsNil() && m.all {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			m.fill(v.Elem(), share, name)
		}
	case reflect.Slice:
		if v.Len() == 0 && m.all && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		}
		for i := range v.Len() {
			m.fill(v.Index(i), share, name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.IsExported() {
				m.fill(v.Field(i), f.Tag.Get("share"), name)
			}
		}
	}
}

// numbers are fields in which four numbers between dots are no address.
var numbers = []string{"version", "min_system", "listed", "release", "ext_key_usage", "issuer", "authority"}

func (m *marker) text(v reflect.Value, share, name string) {
	plain := v.Type() == reflect.TypeFor[string]()
	switch {
	case name == "schema":
	case share != "plain":
		m.n++
		v.SetString(fmt.Sprintf("zqx%04d", m.n))
	case plain && m.all && !slices.Contains(numbers, name):
		v.SetString(v.String() + gossip + " 10.42.42.42:8080")
	case plain && (m.all || v.String() != "" && slices.Contains([]string{"name", "model", "reader"}, name)):
		v.SetString(v.String() + gossip)
	}
}

func TestNothingPersonalLeaves(t *testing.T) {
	for _, all := range []bool{false, true} {
		fewest := 10_000
		names := practice.Names()
		if all { // they do not differ much then
			names = []string{"hpki-certificate-hidden", "mac-no-rosetta"}
		}
		for _, name := range names {
			s := observed(t, name)
			m := marker{all: all}
			m.fill(reflect.ValueOf(&s).Elem(), "plain", "")
			fewest = min(fewest, m.n)
			for _, p := range checks.Purposes {
				nothingLeaves(t, fmt.Sprintf("%s for %s, all %t", name, p, all), s, p)
			}
		}
		if want := map[bool]int{false: 3, true: 50}[all]; fewest < want {
			t.Errorf("only %d markers (all %t)", fewest, all)
		}
	}
}

func nothingLeaves(t *testing.T, name string, s platform.Snapshot, p checks.Purpose) {
	t.Helper()
	told := checks.Told{Unrecognised: true, Moved: checks.Yes}
	d := checks.Diagnose(s, checks.Question{Purpose: p, Told: told}, s.Taken)
	for as, out := range leaving(t, d, s) {
		low := strings.ToLower(out)
		for _, leak := range leaks {
			if i := strings.Index(low, leak); i >= 0 {
				t.Errorf("%s: %s tells %q: …%s…", name, as, leak, out[max(0, i-80):min(len(out), i+40)])
				return
			}
		}
	}
}

// leaving is everything that can leave the computer.
func leaving(t *testing.T, d checks.Diagnosis, s platform.Snapshot) map[string]string {
	t.Helper()
	tool := report.Tool{Name: "yomitori", Version: "0.1.0"}
	r := report.New(tool, somebody, d, s, s.Taken)
	file, err := r.File()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := report.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	beside := console.Beside{
		Who: somebody, Said: gossip, Saved: opened.Saved,
		Comparison: &console.Comparison{Before: s.Taken, After: s.Taken, Judged: [2]checks.Diagnosis{d, d}, Comparison: checks.Compare(d, d)},
	}
	out := map[string]string{"file": string(file), "code": r.Code(), "contents": fmt.Sprint(r.Contents()), "finding": fmt.Sprint(r.Diagnosis())}
	var b bytes.Buffer
	if err := console.JSON(&b, assets.In(assets.Japanese), tool, d, s, beside); err != nil {
		t.Fatal(err)
	}
	out["JSON"] = b.String()
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		page, err := r.HTML(texts) // with the QR code
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := console.Text(&b, texts, d, beside); err != nil {
			t.Fatal(err)
		}
		out["page "+string(lang)], out["text "+string(lang)] = string(page), b.String()
		out["plain "+string(lang)], out["inventory "+string(lang)] = r.Plain(texts), r.Inventory(texts)
	}
	return out
}

// What is no personal field of a made-up computer holds nothing personal, so that
// nothing in it may be taken for it.
func TestFreeTextOfPracticeComputersStays(t *testing.T) {
	for _, name := range practice.Names() {
		s := observed(t, name)
		d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken)
		for _, it := range report.New(report.Tool{}, somebody, d, s, s.Taken).Contents() {
			if it.State == report.ItemMasked && !strings.HasPrefix(it.Example, "«"+it.Name()+" ") {
				t.Errorf("%s: %+v", name, it)
			}
		}
	}
}

// A report that is opened and saved again keeps its tokens.
func TestMaskedTwiceIsMaskedOnce(t *testing.T) {
	for _, all := range []bool{false, true} {
		s := observed(t, "hpki-certificate-hidden")
		m := marker{all: all}
		m.fill(reflect.ValueOf(&s).Elem(), "plain", "")
		once := report.Masked(somebody, s)
		if d := cmp.Diff(once, report.Masked(report.Personal{}, once), cmp.AllowUnexported(platform.Tries{})); d != "" {
			t.Errorf("all %t (-once +twice):\n%s", all, d)
		}
	}
}

// Whoever checks their own computer may want to see what is there.
func TestUnmaskedTellsAll(t *testing.T) {
	s := observed(t, "healthy")
	m := marker{}
	m.fill(reflect.ValueOf(&s).Elem(), "plain", "")
	var b bytes.Buffer
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken)
	if err := console.JSON(&b, assets.In(assets.English), report.Tool{}, d, s, console.Beside{Unmasked: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "zqx0001") {
		t.Error("masked all the same")
	}
}
