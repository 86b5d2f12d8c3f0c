package report_test

import (
	"regexp"
	"strings"
	"testing"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

var (
	headings = regexp.MustCompile(`<h([1-6])[ >]`)
	reaches  = regexp.MustCompile(`(?i)<script|<link|<img|<iframe|<form|\bon\w+=|@import|url\(|(?:src|href)="[^#]`)
)

// A page is whole in itself, and its headings are in order.
func TestPages(t *testing.T) {
	for _, name := range practice.Names() {
		for _, p := range checks.Purposes {
			r := reportOn(t, name, checks.Question{Purpose: p})
			for _, lang := range assets.Langs {
				page, err := r.HTML(assets.In(lang))
				if err != nil {
					t.Fatal(err)
				}
				wellBuilt(t, name+" for "+string(p), string(page), lang)
			}
		}
	}
}

func wellBuilt(t *testing.T, name, page string, lang assets.Lang) {
	t.Helper()
	if found := reaches.FindString(page); found != "" {
		t.Errorf("%s: the page reaches out: %s", name, found)
	}
	if !strings.Contains(page, `<html lang="`+string(lang)+`">`) || strings.Count(page, "<h1") != 1 || strings.Count(page, "<main") != 1 {
		t.Errorf("%s: language, heading or landmark is missing", name)
	}
	level := byte('0')
	for _, h := range headings.FindAllStringSubmatch(page, -1) {
		if h[1][0] > level+1 {
			t.Errorf("%s: h%s follows h%c", name, h[1], level)
		}
		level = h[1][0]
	}
	if strings.Count(page, "<th") != strings.Count(page, "<thead")+strings.Count(page, "<th scope=") {
		t.Errorf("%s: a heading of a table does not say of what", name)
	}
	for _, wrong := range []string{"report.", "wizard.", "ZgotmplZ", "%!", "«持ち主1»の", "{}"} {
		if strings.Contains(page, ">"+wrong) || wrong == "ZgotmplZ" && strings.Contains(page, wrong) {
			t.Errorf("%s: %q on the page", name, wrong)
		}
	}
}

// What devices and files say is text on the page and nothing else.
func TestPagesDoNotObeyTheComputer(t *testing.T) {
	const name = `<script>alert(1)</script>"onload=x`
	s := observed(t, "no-card")
	s.Readers.List[0].Name, s.System.Name = name, name
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken)
	page, err := report.New(report.Tool{Version: name}, report.Personal{}, d, s, s.Taken).HTML(assets.In(assets.English))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "<script") || !strings.Contains(string(page), "&lt;script&gt;") {
		t.Error("a name became a part of the page")
	}
}

func TestContents(t *testing.T) {
	r := reportOn(t, "healthy", checks.Question{Purpose: checks.Any})
	found := map[string]report.Item{}
	for _, it := range r.Contents() {
		found[string(it.Area)+" "+it.Field] = it
	}
	for field, want := range map[string]report.Item{
		"cards list.certificates.subject": {Area: platform.AreaCards, State: report.ItemMasked, Count: 2, Example: "«subject 1»"},
		"readers list.name":               {Area: platform.AreaReaders, State: report.ItemPlain, Count: 1, Example: "SONY FeliCa Port/PaSoRi 4.0"},
		"store list.container":            {Area: platform.AreaStore, State: report.ItemLeftOut},
		"cards list.pins.auth":            {Area: platform.AreaCards, State: report.ItemPlain, Count: 1, Example: "3"},
	} {
		got := found[field]
		got.Field = ""
		if got != want {
			t.Errorf("%s: got %+v, want %+v", field, got, want)
		}
	}
}
