package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
)

func TestExplain(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"code", []string{"HUB0002"}, 0, []string{"「HUB0002」と出る", "考えられる原因", "1. 入力中の内容を保存し", "もとにした資料"}},
		{"kana", []string{"ハブ", "0002"}, 0, []string{"「HUB0002」と出る"}},
		{"part of a message", []string{"このサイトは安全に接続できません"}, 0, []string{"画面の文字: 「"}},
		{"name of an article", []string{"ssl-state"}, 0, []string{"SSL状態"}},
		{"English", []string{"HUB0002", "--lang", "en"}, 0, []string{`The page shows "HUB0002"`, "What may be behind it", "1. Save what you are writing"}},
		{"others beside it", []string{"証明書が失効しています"}, 0, []string{"「証明書が失効しています」と出る", "ほかに近い説明:"}},
		{"romaji", []string{"kyasshu", "kuria", "edge"}, 0, []string{"EdgeのCookieを消す"}},
		{"unknown code", []string{"HUB0001"}, 2, []string{"近い説明:", "hub0002"}},
		{"nothing like it", []string{"ŋŋŋŋŋŋŋŋ"}, 2, nil},
		{"list", []string{"--list"}, 0, []string{"■ パソコンのページに出るもの", "■ スマートフォンに出るもの", "hub0002", "clear-cache-iphone-18"}},
		{"list in English", []string{"--list", "--lang", "en"}, 0, []string{"■ On a phone", "hub0002"}},
		{"of one place", []string{"--where", "phone"}, 0, []string{"■ スマートフォン", "versions-iphone"}},
		{"QR code", []string{"ssl-state", "--qr"}, 0, []string{"█", "スマートフォンのカメラで読むと"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, "healthy", append([]string{"explain"}, tt.args...)...)
			if got.code != tt.code {
				t.Errorf("exit %d, want %d", got.code, tt.code)
			}
			for _, s := range tt.says {
				if !strings.Contains(got.stdout, s) {
					t.Errorf("%q is not printed:\n%s%s", s, got.stdout, got.stderr)
				}
			}
			if strings.Contains(got.stdout, "article.") || strings.Contains(got.stdout, "{") {
				t.Errorf("no sentence:\n%s", got.stdout)
			}
		})
	}
}

// An unknown code is said to be unknown, and never explained as another.
func TestExplainAnUnknownCode(t *testing.T) {
	got := run(t, "healthy", "explain", "HUB0001")
	if !strings.Contains(got.stderr, "「HUB0001」は、このプログラムの知らないコードです。") || strings.Contains(got.stdout, "なおしかた") {
		t.Errorf("stdout: %s\nstderr: %s", got.stdout, got.stderr)
	}
}

func TestExplainOnePlaceOnly(t *testing.T) {
	got := run(t, "healthy", "explain", "--where", "browser")
	for _, a := range articles.All() {
		line := regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(a.ID) + ` `)
		if want := slices.Contains(a.Where, articles.WhereBrowser); line.MatchString(got.stdout) != want {
			t.Errorf("%s is listed: %v, want %v", a.ID, !want, want)
		}
	}
}

// What is wrong gives one sentence, and neither a PIN nor a number that may be one is
// repeated.
func TestExplainRefuses(t *testing.T) {
	for _, args := range [][]string{
		{},
		{" "},
		{"1234"},
		{"１２３４"},
		{"--where", "moon"},
		{"--where", "moon", "HUB0002"},
		{"HUB0002", "--here", "--for", "taxes"},
		{"1234", "--html", "x.html"},
		{tooLong(t).ID, "--qr"},
	} {
		for _, lang := range []string{"ja", "en"} {
			if len(args) > 1 && args[1] == "--qr" && lang == "en" {
				continue // shorter in English, maybe
			}
			got := run(t, "healthy", append([]string{"explain", "--lang", lang}, args...)...)
			if got.code != 64 || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("%q: exit %d\nstdout: %s\nstderr: %s", args, got.code, got.stdout, got.stderr)
			}
			if strings.Contains(got.stderr, "1234") || strings.Contains(got.stderr, "１２３４") {
				t.Errorf("%q: repeats it: %s", args, got.stderr)
			}
		}
	}
}

// tooLong is an article whose steps no QR code holds.
func tooLong(t *testing.T) articles.Article {
	t.Helper()
	for _, a := range articles.All() {
		if len(words.ArticleSteps(assets.In(assets.Japanese), a)) > 1200 {
			return a
		}
	}
	t.Fatal("every article fits a QR code")
	return articles.Article{}
}

// The computer ticks off what it excludes.
func TestExplainHere(t *testing.T) {
	tests := []struct {
		computer string
		args     []string
		says     []string
	}{
		{"healthy", nil, []string{"✓ カードリーダー: 認識されています（問題ありません）", "? ブラウザーの拡張機能がオフか、入っていない"}},
		{"extension-off", []string{"--for", "mynaportal"}, []string{"✕ ブラウザーの拡張機能がオフか、入っていない（見つかりました）", "✓ カード: 読み取れました"}},
		{"nfc-conflict", nil, []string{"✕ 内蔵のNFCなど"}},
		{"service-disabled", nil, []string{"✕ スマートカードのサービスが止まっているか、無効になっている"}},
		{"no-reader", []string{"--lang", "en"}, []string{"✕ The reader is not connected"}},
	}
	for _, tt := range tests {
		t.Run(tt.computer, func(t *testing.T) {
			got := run(t, tt.computer, append([]string{"explain", "HUB0002", "--here"}, tt.args...)...)
			for _, s := range tt.says {
				if !strings.Contains(got.stdout, s) {
					t.Errorf("%q is not printed:\n%s%s", s, got.stdout, got.stderr)
				}
			}
		})
	}
	if got := run(t, "service-disabled", "explain", "HUB0002"); strings.Contains(got.stdout, "✕") {
		t.Errorf("the computer was looked at unasked:\n%s", got.stdout)
	}
}

// Every article becomes a page that asks for nothing from anywhere.
func TestExplainAsAPage(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, lang := range []string{"ja", "en"} {
		for _, a := range articles.All() {
			got := run(t, "nfc-conflict", "explain", a.ID, "--html", "page.html", "--lang", lang)
			if got.code != 0 || !strings.Contains(got.stdout, "page.html") {
				t.Fatalf("%s: exit %d: %s%s", a.ID, got.code, got.stdout, got.stderr)
			}
			raw, err := os.ReadFile("page.html")
			if err != nil {
				t.Fatal(err)
			}
			wantWellFormed(t, a.ID, string(raw))
			for _, bad := range []string{" src=", " href=", "url(", "<script", "@import", "{{"} {
				if strings.Contains(string(raw), bad) {
					t.Errorf("%s: the page holds %q", a.ID, bad)
				}
			}
		}
	}
	run(t, "nfc-conflict", "explain", "HUB0002", "--html", "here.html", "--here")
	if raw, err := os.ReadFile("here.html"); err != nil || !strings.Contains(string(raw), "✕") {
		t.Errorf("the page says nothing of this computer: %v", err)
	}
	got := run(t, "healthy", "explain", "HUB0002", "--html", filepath.Join("missing", "page.html"))
	if got.code != 74 || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("a page that cannot be written: %+v", got)
	}
}

var (
	tag  = regexp.MustCompile(`<(/?)([a-z0-9]+)(?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*\s*(/?)>`)
	void = []string{"meta", "br", "hr", "img"}
)

// wantWellFormed fails on tags that are not closed in their order, and on what is no
// tag but looks like one.
func wantWellFormed(t *testing.T, name, page string) {
	t.Helper()
	page, ok := strings.CutPrefix(page, "<!DOCTYPE html>")
	if !ok {
		t.Errorf("%s: no page of HTML", name)
	}
	var open []string
	for _, m := range tag.FindAllStringSubmatch(page, -1) {
		switch closes, tag, closed := m[1] == "/", m[2], m[3] == "/"; {
		case closed, slices.Contains(void, tag):
		case !closes:
			open = append(open, tag)
		case len(open) == 0 || open[len(open)-1] != tag:
			t.Fatalf("%s: </%s> closes %v", name, tag, open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: %v are not closed", name, open)
	}
	if rest := tag.ReplaceAllString(page, ""); strings.ContainsAny(rest, "<>") {
		t.Errorf("%s: a sign is not escaped", name)
	}
}

// The diagnosis says which article explains its cause, and explain knows it.
func TestTheDiagnosisNamesArticles(t *testing.T) {
	for _, computer := range []string{"expired", "no-reader", "extension-off", "nfc-conflict", "pin-locked"} {
		got := run(t, computer, "check", "--for", "mynaportal")
		_, after, found := strings.Cut(got.stdout, "くわしく: yomitori explain ")
		id, _, _ := strings.Cut(after, "\n")
		if _, known := articles.ByID(id); found && !known || got.code == 1 && !found {
			t.Errorf("%s: explained by %q:\n%s", computer, id, got.stdout)
		}
		var doc struct {
			Cause    *string
			Findings []struct {
				ID, Status string
				Articles   []string
			}
		}
		raw := run(t, computer, "check", "--for", "mynaportal", "--json").stdout
		if err := json.Unmarshal([]byte(raw), &doc); err != nil {
			t.Fatal(err)
		}
		for _, f := range doc.Findings {
			if asks := f.Status == "problem" || f.Status == "notice"; !asks && len(f.Articles) > 0 || len(f.Articles) > 3 {
				t.Errorf("%s: %s is %s, explained by %v", computer, f.ID, f.Status, f.Articles)
			}
			if doc.Cause != nil && f.ID == *doc.Cause && (len(f.Articles) == 0 || f.Articles[0] != id) {
				t.Errorf("%s: the console names %q, the JSON %v", computer, id, f.Articles)
			}
			for _, a := range f.Articles {
				if _, known := articles.ByID(a); !known {
					t.Errorf("%s: no article %s", computer, a)
				}
			}
		}
	}
}
