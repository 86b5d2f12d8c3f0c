package wizard

import (
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// ask is the button that leads to the page that asks; without a title there is
// none.
type ask struct{ title, about string }

// questions are what the page that asks has to ask. It is built anew only when
// they change.
type questions struct {
	messages []checks.Message
	// issued is the day on which the card's certificates were issued; without
	// it, nothing is asked about the card.
	issued string
	// revocation and sites say what there is to ask over the internet: an HPKI
	// card's issuer, and the sites of the purpose.
	revocation, sites bool
}

// questions follow from the card that the result speaks of, and the purpose.
func (sc scene) questions() questions {
	c := sc.f.result().d.Card
	q := questions{messages: checks.Messages(sc.purpose), issued: issued(sc.t, c)}
	q.revocation = sc.askable && c != nil && c.Kind == platform.KindHPKI
	q.sites = sc.askable && sc.purpose.Software() != platform.SoftwareNone
	return q
}

// kind ends the key of the words for what there is to ask.
func (q questions) kind() string {
	switch {
	case q.issued != "":
		return ""
	case q.online() != "":
		return q.online()
	}
	return ".message"
}

// online ends the key of words that lead to asking over the internet, where that
// is what the result asks for.
func (q questions) online() string {
	if q.revocation || q.sites && q.issued == "" {
		return ".online"
	}
	return ""
}

// issued is the day on which the certificates of a My Number Card were issued,
// or "".
func issued(t assets.Texts, c *platform.Card) string {
	if c == nil || c.Kind != platform.KindMyNumber && c.Kind != platform.KindMyNumberUnknown {
		return ""
	}
	auth := c.Certificate(platform.RoleAuth)
	if auth == nil || auth.State != platform.CertRead {
		return ""
	}
	return words.Date(t, auth.NotBefore)
}

// askMore offers on the result to tell more, and repeats what was told.
func (sc scene) askMore() ask {
	if len(sc.f.d.Findings) == 0 {
		return ask{}
	}
	if told := words.Told(sc.t, sc.told, sc.typed); told != "" {
		return ask{sc.t.Text("wizard.ask.change" + sc.questions().online()), sc.t.Text("wizard.ask.told", assets.Args{"told": told})}
	}
	return ask{sc.t.Text("wizard.ask.open" + sc.questions().kind()), sc.t.Text("wizard.ask.open.about")}
}

// askAtExpiry offers the same where revocation is spoken of, to those who stay
// there and whose card raises the questions.
func (sc scene) askAtExpiry() ask {
	if sc.f.page != pageExpiry || !sc.f.held || issued(sc.t, sc.f.d.Card) == "" {
		return ask{}
	}
	return sc.askMore()
}

// heard says what the program makes of the message that was chosen or typed.
func (sc scene) heard() line {
	m, elsewhere := sc.told.Message, words.Elsewhere(sc.t, sc.told)
	switch {
	case sc.pinTyped:
		return line{mark: markProblem, text: sc.t.Text("wizard.ask.message.pin")}
	case elsewhere != "":
		known := sc.t.Text("wizard.ask.message.known", assets.Args{"message": words.Message(sc.t, m)})
		return line{mark: markNotice, text: words.Sentences(sc.t, known, elsewhere)}
	case m != "":
		return line{mark: markOK, text: sc.t.Text("wizard.ask.message.known", assets.Args{"message": words.Message(sc.t, m)})}
	case strings.TrimSpace(sc.typed) != "":
		return line{mark: markUnknown, text: sc.t.Text("wizard.ask.message.unknown")}
	}
	return line{}
}

// asking is how far asking over the internet is.
type asking string

// The states of asking.
const (
	askingIdle    asking = "idle"
	askingRunning asking = "running"
	askingDone    asking = "done"
)

func (sc scene) asking() asking {
	switch look := sc.f.s.Online.Look; {
	case !look.Settled() && sc.f.seen:
		return askingRunning
	case look.Why != platform.WhyNotAsked && sc.f.seen:
		return askingDone
	case sc.asked:
		return askingRunning
	}
	return askingIdle
}

// askView are the buttons below the page that asks.
func (sc scene) askView() view {
	return view{page: pageAsk, primary: action{label: sc.t.Text("wizard.button.answered"), do: cmdAnswered}}
}
