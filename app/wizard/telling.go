package wizard

import (
	"strings"

	"yomitori/checks"
	"yomitori/platform"
)

// telling is what the user told, and about which card. Like flow it is a value,
// and knows no Fyne.
type telling struct {
	told checks.Told
	// card is the serial number of the card that the answers are about, or ""
	// while no card was read. It is compared and never shown.
	card string
}

// about is what still holds with a card. What was told about another card says
// nothing about this one; one that is not there, or was not read, is no other.
func (t telling) about(c *platform.Card) telling {
	if c == nil || !c.OK() || serial(c) == "" {
		return t
	}
	if t.card != "" && t.card != serial(c) {
		t.told.Moved, t.told.Renamed, t.told.Lost = "", "", ""
	}
	t.card = serial(c)
	return t
}

// anew is what still holds for another purpose: what a page said belongs to the
// service that the page is of.
func (t telling) anew() telling {
	t.told.Message, t.told.Unrecognised, t.told.Moment = "", false, ""
	return t
}

// withMoment chooses a moment, or none.
func (t telling) withMoment(m checks.Moment) telling {
	t.told.Moment = m
	return t
}

// withMessage chooses a message, or takes it back when it was chosen.
func (t telling) withMessage(m checks.Message) telling {
	if t.told.Message == m {
		m = ""
	}
	t.told.Message, t.told.Unrecognised = m, false
	return t
}

// saying takes in what was typed as a message.
func (t telling) saying(text string) telling {
	m, known := checks.MessageOf(text)
	t.told.Message, t.told.Unrecognised = m, !known && strings.TrimSpace(text) != ""
	return t
}

// cardQuestion is a question about what ends certificates of JPKI.
type cardQuestion string

// The questions about the card, and the answers with the one that takes back.
var (
	cardQuestions = []cardQuestion{askMoved, askRenamed, askLost}
	cardAnswers   = []checks.Answer{checks.Yes, checks.No, ""}
)

const (
	askMoved   cardQuestion = "moved"
	askRenamed cardQuestion = "renamed"
	askLost    cardQuestion = "lost"
)

// field is where the answer to a question stands.
func (q cardQuestion) field(told *checks.Told) *checks.Answer {
	switch q {
	case askMoved:
		return &told.Moved
	case askRenamed:
		return &told.Renamed
	}
	return &told.Lost
}

// withAnswer answers a question about the card.
func (t telling) withAnswer(q cardQuestion, a checks.Answer) telling {
	*q.field(&t.told) = a
	return t
}
