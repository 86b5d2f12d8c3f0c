package words_test

import (
	"slices"
	"strings"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// What explains a finding names it, tells of the matter before it tells of messages,
// and is not more than people read.
func TestArticlesFor(t *testing.T) {
	for _, tt := range []struct {
		id   checks.ID
		want string // the first
	}{
		{checks.ReaderServiceDisabled, "smart-card-services"},
		{checks.ExtensionOff, "extension-off-and-on"},
		{checks.ExpiryExpired, "expiry-and-revocation"},
		{checks.NFCConflict, "nfc-conflict"},
		{checks.StoreHidden, ""}, // messages only
	} {
		all := words.ArticlesFor(tt.id)
		if len(all) == 0 || len(all) > 3 || tt.want != "" && all[0].ID != tt.want {
			t.Errorf("%s: %d articles, first %+v", tt.id, len(all), all)
		}
		messages := false
		for _, a := range all {
			if messages && a.Kind != articles.KindMessage {
				t.Errorf("%s: %s comes after a message", tt.id, a.ID)
			}
			messages = messages || a.Kind == articles.KindMessage
			if !slices.ContainsFunc(a.Causes, func(c articles.Cause) bool { return slices.Contains(c.ConfirmedBy, string(tt.id)) }) {
				t.Errorf("%s: %s does not name it", tt.id, a.ID)
			}
		}
	}
	if all := words.ArticlesFor(checks.ReaderOK); len(all) > 0 {
		t.Errorf("what is well is explained by %d articles", len(all))
	}
	if all := words.ArticlesOf(checks.Finding{ID: checks.ExpiryExpired, Status: checks.Skipped}); len(all) > 0 {
		t.Errorf("what was not looked at is explained by %d articles", len(all))
	}
}

func TestSourcesAreNamedOnce(t *testing.T) {
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, a := range articles.All() {
			source := words.ArticleSource(texts, a)
			if strings.Contains(source, ".md") || strings.Contains(source, "article.") || strings.Contains(source, "{") {
				t.Errorf("%s: %s", a.ID, source)
			}
			for _, s := range a.Sources {
				if n := strings.Count(source, texts.Text("article.source."+s.Document)); n != 1 && s.Version == "" {
					t.Errorf("%s: %q is named %d times: %s", a.ID, s.Document, n, source)
				}
			}
		}
	}
}

func TestUnknownCode(t *testing.T) {
	texts := assets.In(assets.Japanese)
	for typed, want := range map[string]string{
		"ew144-1501": "「EW144-1501」", "画面にKS-E10089と出る": "「KS-E10089」", "NTE_BAD_KEYSET": "「NTE_BAD_KEYSET」", "ＨＵＢ０００３": "「HUB0003」",
	} {
		code := articles.Search(typed).Unknown
		if got := words.UnknownCode(texts, typed, code); code == "" || !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}
