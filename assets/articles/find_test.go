package articles_test

import (
	"strings"
	"testing"

	"yomitori/assets/articles"
)

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		name, typed, want string
		sure              bool
	}{
		{"code", "HUB0002", "hub0002", true},
		{"code in kana", "ハブ0002", "hub0002", true},
		{"code in full width", "ＨＵＢ０００２", "hub0002", true},
		{"code in a sentence", "e-Taxで「HUB0002」と出てログインできない (2026/2/3)", "hub0002", true},
		{"code with a blank", "hub 0002", "hub0002", true},
		{"code with a typing error", "HUB002", "hub0002", false},
		{"code with swapped digits", "HBU0002", "hub0002", false},
		{"code with a hyphen left out", "EI1232008", "ei123-2008", true},
		{"half of a code", "jpkihrregerr", "jpkihrregerr003", true},
		{"number of Windows", "0x8010006c", "scard-w-chv-blocked", true},
		{"the same without 0x", "8010006C", "scard-w-chv-blocked", true},
		{"part of a message", "安全に接続できません", "cannot-connect-securely", true},
		{"message in hiragana", "くっきーがみつかりません", "cookie-not-found", false},
		{"romaji", "kyasshu kuria edge", "clear-cache-edge", false},
		{"code in romaji", "habu0002", "hub0002", true},
		{"code as it is said", "ハブ２", "hub0002", false},
		{"code far down", strings.Repeat("長い文章です。", 100) + "HUB0002", "hub0002", true},
		{"short message alone", "エラーが発生しました", "user-number", true},
		{"short message in quotation marks", "画面に｢エラーが発生しました｣と出ます", "user-number", true},
		{"message that holds a short one", "予期しないエラーが発生しました", "unexpected-error", false},
		{"message with a number", "認証済みのユーザーと異なるユーザー1234567として", "session-of-another-user", false},
		{"English", "page is not working", "page-not-working", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := articles.Search(c.typed)
			if len(found.Hits) == 0 || found.Hits[0].ID != c.want {
				t.Fatalf("%q finds %v, want %s first", c.typed, ids(found.Hits), c.want)
			}
			if c.sure && !found.Hits[0].Sure {
				t.Errorf("%q finds %s and is not sure", c.typed, c.want)
			}
		})
	}
}

func ids(hits []articles.Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

// What is about nothing here is not taken for something.
func TestNothingToFind(t *testing.T) {
	for _, typed := range []string{
		"", " ", "…", "今日は天気がいいです", "lorem ipsum dolor", "年賀状の印刷", "あ", "x",
		"PIN", "err", "Error", "jpki", "エラー", "証明書", // what many articles speak of
		"Amazonにログインできません", "プリンターに接続できません", "システムエラーが発生しました", "通信エラーが発生しました", "予期しないエラーが発生しました",
	} {
		for _, h := range articles.Search(typed).Hits {
			if h.Sure {
				t.Errorf("%q surely finds %s", typed, h.ID)
			}
		}
	}
}

// A code that is not known is said to be so, and never taken for another.
func TestUnknownCode(t *testing.T) {
	for typed, want := range map[string]string{
		"HUB0001": "hub0001", "HUB0003が出ました": "hub0003", "EW144-1234": "ew1441234", "KS-E10089": "kse10089", "0x80100099": "0x80100099",
		"habu0003": "habu0003", "ERR_CONNECTION_TIMED_OUT": "errconnectiontimedout", "NTE_BAD_KEYSET": "ntebadkeyset",
		"SCARD_E_SYSTEM_CANCELLEDと出た": "scardesystemcancelled", "STATUS_ACCESS_DENIED": "statusaccessdenied",
		"異なるユーザー1234567として": "", "20261231": "", "SCARD_E_NO_SERVICE": "", "habu0002": "",
		"HUB0002": "", "0x8010006C": "", "証明書が失効": "", "2026年12月31日": "",
	} {
		found := articles.Search(typed)
		if found.Unknown != want {
			t.Errorf("%q: unknown code %q, want %q", typed, found.Unknown, want)
		}
		if want != "" && len(found.Hits) > 0 && found.Hits[0].Sure {
			t.Errorf("%q surely finds %s", typed, found.Hits[0].ID)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"HUB0002", "ハブ", "\xff\xfe", "んnn'", "ｶﾞ", "tchyxq"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		found := articles.Search(typed)
		if len(found.Hits) > articles.MostHits {
			t.Errorf("%d hits", len(found.Hits))
		}
		for i := 1; i < len(found.Hits); i++ {
			if found.Hits[i].ID == found.Hits[i-1].ID {
				t.Errorf("%s twice", found.Hits[i].ID)
			}
		}
	})
}
