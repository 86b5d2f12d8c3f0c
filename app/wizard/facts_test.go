package wizard

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/assets"
	"yomitori/checks"
)

// How old a rule is stands with every finding that rests on one, be it old or
// not, and with no other.
func TestFactsTellHowOldARuleIs(t *testing.T) {
	for lang, want := range map[assets.Lang][]fact{
		assets.Japanese: {{"案内にあるOSの版", "12–15"}, {"いつの情報か", "2025年3月11日"}},
		assets.English:  {{"Versions listed", "12–15"}, {"Information as of", "11 March 2025"}},
	} {
		texts := assets.In(lang)
		if d := cmp.Diff(want, evidence(texts, checks.Evidence{AsOf: "2025-03-11", Listed: "12–15"}), cmp.AllowUnexported(fact{})); d != "" {
			t.Errorf("%s: facts (-want +got):\n%s", lang, d)
		}
		if got := evidence(texts, checks.Evidence{}); len(got) > 0 {
			t.Errorf("%s: facts of nothing: %+v", lang, got)
		}
	}
}
