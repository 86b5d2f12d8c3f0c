package wizard

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// cardOf is the card of a sample, or nil.
func cardOf(name string) *platform.Card {
	if s := sample(name); len(s.Cards.List) > 0 {
		return &s.Cards.List[0]
	}
	return nil
}

var everything = checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentSend, Moved: checks.Yes, Renamed: checks.No, Lost: checks.Yes}

func TestAnswersStayWithTheirCard(t *testing.T) {
	forgotten := checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentSend}
	tests := []struct {
		name  string
		cards []string
		want  checks.Told
	}{
		{"the first card", []string{"healthy"}, everything},
		{"taken out and put in again", []string{"healthy", "no card", "reading", "healthy"}, everything},
		{"the same card in another reader", []string{"healthy", "other reader"}, everything},
		{"it does not answer for a while", []string{"healthy", "mute", "lost", "busy", "healthy"}, everything},
		{"a card without certificates", []string{"healthy", "felica", "healthy"}, everything},
		{"another card", []string{"healthy", "other card"}, forgotten},
		{"another card after a while", []string{"healthy", "no reader", "other card"}, forgotten},
		{"back to the first one", []string{"healthy", "other card", "healthy"}, forgotten},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := telling{told: everything}
			for _, name := range tt.cards {
				v = v.about(cardOf(name))
			}
			if diff := cmp.Diff(tt.want, v.told); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnotherPurposeForgetsThePage(t *testing.T) {
	want := checks.Told{Moved: checks.Yes, Renamed: checks.No, Lost: checks.Yes}
	if diff := cmp.Diff(want, telling{told: everything}.anew().told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestChoicesAreTakenBack(t *testing.T) {
	var v telling
	v = v.withMoment(checks.MomentPIN).withMoment(checks.MomentSend).withMessage(checks.MessageHUB0002)
	if want := (checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentSend}); v.told != want {
		t.Errorf("chosen: %+v", v.told)
	}
	if v = v.withMoment("").withMessage(checks.MessageHUB0002); v.told != (checks.Told{}) {
		t.Errorf("taken back: %+v", v.told)
	}
	for _, q := range cardQuestions {
		for _, a := range cardAnswers {
			if got := v.withAnswer(q, a).told; *q.field(&got) != a {
				t.Errorf("%s answered %q: %+v", q, a, got)
			}
		}
	}
}
