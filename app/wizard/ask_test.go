package wizard

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// asks opens the page that asks, from the result.
func (r *rig) asks(sample string) {
	r.t.Helper()
	r.show(sample)
	r.pass()
	if r.flow.page != pageResult {
		r.do(cmdResult)
	}
	r.press(r.scene().askMore().title)
	r.wantAsking(true)
}

func (r *rig) wantAsking(want bool) {
	r.t.Helper()
	if (r.flow.over == pageAsk) != want {
		r.t.Fatalf("asking %v, want %v; on the page: %q", r.flow.over == pageAsk, want, r.texts())
	}
}

func (r *rig) wantTold(want checks.Told) {
	r.t.Helper()
	if diff := cmp.Diff(want, r.telling.told); diff != "" {
		r.t.Errorf("told (-want +got):\n%s", diff)
	}
	if r.flow.d.Told != want {
		r.t.Errorf("judged with %+v", r.flow.d.Told)
	}
}

func TestMomentsAreChosenAndTakenBack(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	for _, m := range checks.Moments {
		r.press(words.When(r.Wizard.t, m))
		r.wantTold(checks.Told{Moment: m})
	}
	r.press(words.When(r.Wizard.t, checks.MomentWhite)) // as before
	r.wantTold(checks.Told{Moment: checks.MomentWhite})
	r.press(r.t18("wizard.ask.moment.none"))
	r.wantTold(checks.Told{})
	r.press(words.When(r.Wizard.t, checks.MomentLogin))
	r.press(r.t18("wizard.button.answered"))
	r.wantPage(pageResult)
	r.wantAsking(false)
	r.wantText(r.t18("wizard.ask.change"))
	r.wantText(words.When(r.Wizard.t, checks.MomentLogin))
}

func TestTypedMessages(t *testing.T) {
	tests := []struct {
		typed string
		told  checks.Message
		says  string
	}{
		{"", "", ""},
		{"hub0002", checks.MessageHUB0002, "「HUB0002」として調べます。"},
		{"HUB0001", "", "知らないメッセージです。"},
		{"  ", "", ""},
		{"1234", "", "暗証番号は入れないでください。"},
		{"１２３４", "", "暗証番号は入れないでください。"},
		{"hub0002", checks.MessageHUB0002, "「HUB0002」として調べます。"},
		{"HPKI(JPKI)証明書のユーザが無効となっています。", checks.MessageUserDisabled, "サービスに登録した内容"},
	}
	r := newRig(t, Options{Purpose: checks.HPKI})
	r.asks("hpki")
	r.win.Canvas().Focus(r.askPage.field)
	for _, tt := range tests {
		r.askPage.field.SetText(tt.typed)
		r.wantTold(checks.Told{Message: tt.told, Unrecognised: strings.HasPrefix(tt.says, "知らない")})
		if heard := r.scene().heard().text; !strings.Contains(heard, tt.says) || (tt.says == "") != (heard == "") {
			t.Errorf("%q: says %q, want %q", tt.typed, heard, tt.says)
		} else if heard != "" {
			r.wantText(heard)
		}
		if r.win.Canvas().Focused() != r.askPage.field {
			t.Errorf("%q: the field lost the focus", tt.typed)
		}
	}
}

// Where the cause is elsewhere, the result says so beside what it found.
func TestResultSaysThatTheCauseIsElsewhere(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.HPKI, Told: checks.Told{Message: checks.MessageUserDisabled}})
	r.show("hpki")
	r.pass()
	r.wantPage(pageResult)
	r.wantText("原因は、サービスに登録した内容")
}

func TestMessagesCanBeChosenWithoutTyping(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	all := checks.Messages(checks.ETax)
	pick := words.Message(r.Wizard.t, all[2])
	if r.says(pick) {
		t.Errorf("%q is there before the list is opened", pick)
	}
	r.askPage.field.SetText("HUB0001")
	r.press(r.t18("wizard.ask.list.show"))
	for _, m := range all {
		r.wantText(words.Message(r.Wizard.t, m))
	}
	r.press(pick)
	r.wantTold(checks.Told{Message: all[2]})
	if r.unfolded || r.askPage.field.Text != "" {
		t.Errorf("after choosing, the list is open: %v, the field says %q", r.unfolded, r.askPage.field.Text)
	}
	if r.win.Canvas().Focused() != r.askPage.unfold {
		t.Error("the focus is lost with the list")
	}
	r.press(r.t18("wizard.ask.list.other"))
	r.press(pick)
	r.wantTold(checks.Told{})
}

func TestQuestionsAboutTheCard(t *testing.T) {
	tests := []struct {
		sample  string
		purpose checks.Purpose
		want    bool
	}{
		{"healthy", checks.ETax, true},
		{"healthy", checks.Any, true},
		{"expired", checks.Mynaportal, true},
		{"hpki", checks.HPKI, false},
		{"felica", checks.ETax, false},
		{"mute", checks.ETax, false},
		{"no card", checks.ETax, false},
		{"no reader", checks.Any, false},
		{"failed", checks.ETax, false},
	}
	for _, tt := range tests {
		t.Run(tt.sample+" for "+string(tt.purpose), func(t *testing.T) {
			r := newRig(t, Options{Purpose: tt.purpose})
			r.asks(tt.sample)
			if got := r.says(r.t18("wizard.ask.card")); got != tt.want {
				t.Errorf("asked about the card: %v, want %v", got, tt.want)
			}
		})
	}
}

// moment is the option for a moment, which stand below the messages.
func (r *rig) moment(i int) *option {
	return r.askPage.options[len(checks.Messages(r.purpose))+i].option
}

// answer presses an answer to a question about the card; the answers to the
// three questions have the same words.
func (r *rig) answer(q cardQuestion, a checks.Answer) {
	r.t.Helper()
	n := len(checks.Moments) + 1 + len(checks.Messages(r.purpose)) + 3*slices.Index(cardQuestions, q) + slices.Index(cardAnswers, a)
	r.askPage.options[n].Tapped(nil)
}

func TestCardAnswers(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.asks("healthy")
	r.wantText("2025年11月23日に発行")
	r.answer(askMoved, checks.Yes)
	r.answer(askRenamed, checks.No)
	r.answer(askLost, checks.Yes)
	r.wantTold(checks.Told{Moved: checks.Yes, Renamed: checks.No, Lost: checks.Yes})
	r.answer(askMoved, "")
	r.wantTold(checks.Told{Renamed: checks.No, Lost: checks.Yes})
	r.press(r.t18("wizard.button.answered"))
	r.wantText(r.t18("told.lost.yes"))
	r.wantText(r.t18("told.renamed.no"))
}

func TestWhatIsKeptAndForgotten(t *testing.T) {
	r := newRig(t, Options{})
	r.choose(checks.ETax)
	r.asks("healthy")
	r.press(words.When(r.Wizard.t, checks.MomentSend))
	r.answer(askMoved, checks.Yes)
	r.askPage.field.SetText("hub0002")
	all := checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentSend, Moved: checks.Yes}
	r.press(r.t18("wizard.button.answered"))
	r.do(cmdRecheck)
	r.show("healthy")
	r.pass()
	r.wantTold(all)

	r.do(cmdHome)
	r.choose(checks.Mynaportal)
	r.pass()
	r.wantTold(checks.Told{Moved: checks.Yes})
	if r.typed != "" {
		t.Errorf("%q still stands in the field", r.typed)
	}
	r.show("no card")
	r.show("healthy")
	r.wantTold(checks.Told{Moved: checks.Yes})
	r.show("other card")
	r.wantTold(checks.Told{})
}

// The result of a card that was taken out can still be told about.
func TestTellingAboutAKeptResult(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.pass()
	r.show("no card")
	r.press(r.t18("wizard.ask.open"))
	r.wantText(r.t18("wizard.ask.card"))
	r.answer(askLost, checks.Yes)
	r.press(r.t18("wizard.button.answered"))
	r.wantText("抜く前の結果")
	if r.flow.kept.d.Told.Lost != checks.Yes {
		t.Errorf("the kept result was judged with %+v", r.flow.kept.d.Told)
	}
}

// While the user answers, no page turns under them; a card that comes is shown
// once they are done.
func TestAskingHoldsThePage(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.asks("healthy")
	r.show("no card")
	r.show("other card")
	r.pass()
	r.wantAsking(true)
	r.press(r.t18("wizard.button.answered"))
	r.wantPage(pageCard)
	r.pass()
	r.wantPage(pageResult)
}

func TestKeysOnThePageThatAsks(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	r.win.Canvas().Focus(r.moment(1))
	r.key(fyne.KeySpace)
	r.wantTold(checks.Told{Moment: checks.MomentNothing})
	if r.win.Canvas().Focused() != r.moment(1) {
		t.Error("the focus is lost by choosing")
	}
	r.key(fyne.KeyF5)
	r.wantAsking(true)
	r.key(fyne.KeyEscape)
	r.wantAsking(false)
	r.wantPage(pageResult)
	r.wantTold(checks.Told{Moment: checks.MomentNothing})

	r.press(r.t18("wizard.ask.change"))
	r.win.Canvas().Focus(r.askPage.field)
	for _, c := range "HUB0001" {
		r.askPage.field.TypedRune(c)
	}
	r.key(fyne.KeyReturn)
	r.wantAsking(true) // it is not known yet
	r.askPage.field.SetText("HUB0002")
	r.key(fyne.KeyReturn)
	r.wantAsking(false)
	r.press(r.t18("wizard.ask.change"))
	r.win.Canvas().Focus(r.askPage.field)
	r.key(fyne.KeyEscape)
	r.wantAsking(false)
}

func TestAskingFromExpiry(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.pass()
	for r.flow.page != pageExpiry {
		r.key(fyne.KeyEscape)
	}
	r.press(r.t18("wizard.ask.open"))
	r.key(fyne.KeyEscape)
	r.wantPage(pageExpiry)
	r.press(r.t18("wizard.ask.open"))
	r.answer(askLost, checks.Yes)
	r.press(r.t18("wizard.button.answered"))
	r.wantPage(pageResult)

	r.show("hpki")
	if v := sceneOf("hpki", pageExpiry, checks.HPKI).view(); v.ask.title != "" {
		t.Errorf("asks a card that cannot be asked about: %+v", v.ask)
	}
}

func TestAFocusBelowTheFoldIsShown(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	for _, o := range []*option{r.askPage.options[len(r.askPage.options)-1].option, r.askPage.options[0].option} {
		r.win.Canvas().Focus(o)
		if y := r.shell.below(o); y < 0 || y > r.shell.scroll.Size().Height {
			t.Errorf("what has the focus is at %v of %v", y, r.shell.scroll.Size().Height)
		}
	}
}

// askable is a computer that can be asked over the internet.
type askable struct {
	*puppet
	asked []platform.Software
}

func (a *askable) Ask(of platform.Software) { a.asked = append(a.asked, of) }

// showOnline reports a sample with what is known of the internet.
func (r *rig) showOnline(name string, look platform.Look) {
	r.t.Helper()
	s := sample(name)
	s.Online = platform.Online{Look: look}
	r.puppet.shots <- s
	<-r.puppet.taken
}

func TestOnlineIsAskedOnlyByHand(t *testing.T) {
	tests := []struct {
		sample  string
		purpose checks.Purpose
		want    []platform.Software // nil: it cannot be asked
	}{
		{"healthy", checks.ETax, []platform.Software{platform.SoftwareETax}},
		{"hpki", checks.HPKI, []platform.Software{platform.SoftwareHPKI}},
		{"hpki", checks.Any, []platform.Software{platform.SoftwareNone}},
		{"no card", checks.Mynaportal, []platform.Software{platform.SoftwareMynaportal}},
		{"healthy", checks.Any, nil},
		{"no reader", checks.Any, nil},
	}
	for _, tt := range tests {
		t.Run(tt.sample+" for "+string(tt.purpose), func(t *testing.T) {
			computer := &askable{}
			r := newRigOn(t, Options{Purpose: tt.purpose}, func(p *puppet) platform.Computer { computer.puppet = p; return computer })
			r.showOnline(tt.sample, platform.NotAsked())
			r.pass()
			r.do(cmdResult)
			r.do(cmdAsk)
			if len(computer.asked) > 0 {
				t.Fatalf("asked without a press: %v", computer.asked)
			}
			button := r.t18("wizard.ask.online.button")
			if tt.want == nil {
				if r.says(button) {
					t.Error("offers what cannot be asked")
				}
				return
			}
			r.press(button)
			r.press(button) // twice is once, while it runs
			if diff := cmp.Diff(tt.want, computer.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			r.wantText(r.t18("wizard.ask.online.running"))
			r.showOnline(tt.sample, platform.Look{})
			r.wantText(r.t18("wizard.ask.online.running"))
			r.showOnline(tt.sample, platform.Seen())
			r.wantText(r.t18("wizard.ask.online.done"))
			r.press(r.t18("wizard.button.answered"))
			r.wantPage(pageResult)
		})
	}
}

func TestRecordedComputersCannotBeAsked(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax, Practising: "healthy"})
	r.asks("healthy")
	if r.says(r.t18("wizard.ask.online.button")) {
		t.Error("offers to ask a recorded computer")
	}
}

// TestAskPages shows the page that asks in every size and language, folded and
// unfolded, with all that it can show.
func TestAskPages(t *testing.T) {
	for _, lang := range assets.Langs {
		for _, size := range []fyne.Size{fyne.NewSize(1024, 680), fyne.NewSize(900, 600)} {
			for _, purpose := range checks.Purposes {
				computer := &askable{}
				r := newRigOn(t, Options{Purpose: purpose, Lang: lang, File: "report.yomitori"}, func(p *puppet) platform.Computer { computer.puppet = p; return computer })
				r.win.Resize(size)
				r.asks("healthy")
				for _, unfolded := range []bool{false, true} {
					for _, m := range append(checks.Messages(purpose), "") {
						r.unfolded = unfolded
						r.tell(telling{told: checks.Told{Message: m, Moment: checks.MomentPIN, Moved: checks.Yes, Renamed: checks.No, Lost: checks.Yes}})
						wantWords(t, r)
						if unfolded && m != "" {
							continue // it looks the same below
						}
						wantRoom(t, r, size)
					}
				}
				r.do(cmdAnswered)
				wantWords(t, r)
				wantRoom(t, r, size)
			}
		}
	}
}

func TestLanguageCanBeSwitchedWhileAsking(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	r.askPage.field.SetText("HUB0001")
	r.press("English")
	r.wantAsking(true)
	r.wantText("HUB0001")
	r.wantText(assets.In(assets.English).Text("wizard.ask.message.unknown"))
}

// An unknown message is repeated on the result, so that nobody thinks it was lost.
func TestResultRepeatsAnUnknownMessage(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.asks("healthy")
	r.askPage.field.SetText("HUB0001")
	r.press(r.t18("wizard.button.answered"))
	r.wantText("メッセージ「HUB0001」（知らないメッセージ）")
}

// An HPKI card raises no questions, so nobody is led to them; where the computer
// can ask over the internet, the button says so, and the way to it is told.
func TestAskingLeadsToWhatThereIs(t *testing.T) {
	online := "インターネットで調べる"
	for _, told := range []checks.Told{{}, {Moment: checks.MomentPIN}} {
		computer := &askable{}
		r := newRigOn(t, Options{Purpose: checks.HPKI, Told: told}, func(p *puppet) platform.Computer { computer.puppet = p; return computer })
		r.showOnline("hpki", platform.NotAsked())
		r.pass()
		title := r.scene().askMore().title
		if !strings.Contains(title, online) || strings.Contains(title, "カードのこと") {
			t.Errorf("%+v: %q", told, title)
		}
		r.wantText("上の「" + title + "」から、調べられます。")

		recorded := newRig(t, Options{Purpose: checks.HPKI, Told: told, Practising: "hpki-healthy"})
		recorded.show("hpki")
		recorded.pass()
		if recorded.says(online+"」") || recorded.says("--online") {
			t.Errorf("%+v: leads to what is not there: %q", told, recorded.texts())
		}
	}
}
