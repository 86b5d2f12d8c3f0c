package wizard

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// asker is a computer that asks over the internet once the user said so. Its
// snapshots tell how far that is, and what came of it.
type asker interface {
	Ask(of platform.Software)
}

// askPage is the page that asks what the user saw. Its widgets stay while
// answers are given, so that the focus stays where it is.
type askPage struct {
	w       *Wizard
	options []chooser
	field   *field
	heard   *heardLine
	unfold  *button
	list    *fyne.Container // of messages, or nil
	ask     *button         // over the internet, or nil
	asking  *paragraph
}

// chooser is an option and how to tell whether it is chosen.
type chooser struct {
	*option
	chosen func(checks.Told) bool
}

// newAskPage builds the page for its questions.
func (w *Wizard) newAskPage(q questions) fyne.CanvasObject {
	p := &askPage{w: w}
	w.askPage = p
	body := newColumn(gapLarge+4,
		newColumn(10, newParagraph(w.t.Text("wizard.ask.heading"), styleTitle), newParagraph(w.t.Text("wizard.ask.do"), styleText)),
		p.messages(q.messages), p.moments())
	if q.issued != "" {
		body.Add(p.card(q.issued))
	}
	if q.revocation || q.sites {
		body.Add(p.online(q))
	}
	return body
}

// part is a titled part of the page.
func (p *askPage) part(key string, objects ...fyne.CanvasObject) *fyne.Container {
	return newColumn(10, append([]fyne.CanvasObject{newParagraph(p.w.t.Text(key), styleSection)}, objects...)...)
}

func (p *askPage) moments() fyne.CanvasObject {
	choices := container.New(grid{10})
	for _, m := range checks.Moments {
		choices.Add(p.option(newParagraph(words.When(p.w.t, m), styleText),
			func(told checks.Told) bool { return told.Moment == m },
			func(t telling) telling { return t.withMoment(m) }))
	}
	choices.Add(p.option(newParagraph(p.w.t.Text("wizard.ask.moment.none"), styleText),
		func(told checks.Told) bool { return told.Moment == "" },
		func(t telling) telling { return t.withMoment("") }))
	return p.part("wizard.ask.moment", choices)
}

// messages asks for a code to type, and offers what can be chosen instead: most
// messages are in Japanese, which cannot be typed everywhere.
func (p *askPage) messages(all []checks.Message) fyne.CanvasObject {
	p.field = p.w.newField(p.w.t.Text("wizard.ask.message.hint"), p.w.typed, p.w.typeMessage)
	p.field.OnSubmitted = func(string) {
		if p.w.scene().heard().mark != markUnknown {
			p.w.shell.primary.do()
		}
	}
	p.heard = newHeardLine()
	part := p.part("wizard.ask.message", newParagraph(p.w.t.Text("wizard.ask.message.do"), styleQuiet), p.field.ringed(), p.heard.box)
	if len(all) == 0 {
		return part
	}
	p.list = newColumn(gapSmall)
	for _, m := range all {
		p.list.Add(p.option(newParagraph(words.Message(p.w.t, m), styleText),
			func(told checks.Told) bool { return told.Message == m },
			func(t telling) telling { return p.pick(t.withMessage(m)) }))
	}
	p.unfold = p.w.newBodyButton("", p.turnList)
	part.Add(container.NewHBox(p.unfold))
	part.Add(p.list)
	return part
}

// turnList unfolds the messages, and shows as many as there is room for, or
// folds them away.
func (p *askPage) turnList() {
	p.w.unfolded = !p.w.unfolded
	p.w.update()
	if p.w.unfolded {
		p.w.shell.toTop(p.unfold)
	}
}

// pick folds the messages away again once one was chosen: they are many, and
// what was chosen stands above them.
func (p *askPage) pick(t telling) telling {
	p.w.typed = ""
	if t.told.Message != "" {
		p.w.unfolded = false
		p.w.win.Canvas().Focus(p.unfold)
	}
	return t
}

// card asks what ends certificates without leaving a trace on the card.
func (p *askPage) card(issued string) fyne.CanvasObject {
	part := p.part("wizard.ask.card", newParagraph(p.w.t.Text("wizard.ask.card.do", assets.Args{"date": issued}), styleQuiet))
	for _, q := range cardQuestions {
		row := container.New(layout.NewCustomPaddedHBoxLayout(10))
		for _, a := range cardAnswers {
			row.Add(p.option(newLabel(p.w.t.Text("wizard.ask.answer."+answerName(a)), styleText),
				func(told checks.Told) bool { return *q.field(&told) == a },
				func(t telling) telling { return t.withAnswer(q, a) }))
		}
		part.Add(newColumn(6, newParagraph(p.w.t.Text("wizard.ask."+string(q)), styleText), row))
	}
	return part
}

// answerName names an answer in keys of texts; the empty one has a name too.
func answerName(a checks.Answer) string {
	if a == "" {
		return "none"
	}
	return string(a)
}

// online offers to ask over the internet, and says what that sends to whom.
func (p *askPage) online(q questions) fyne.CanvasObject {
	part := p.part("wizard.ask.online")
	for _, s := range []struct {
		key   string
		holds bool
	}{{"revocation", q.revocation}, {"sites", q.sites}, {"seen", true}} {
		if s.holds {
			part.Add(newParagraph(p.w.t.Text("wizard.ask.online."+s.key), styleQuiet))
		}
	}
	p.ask = p.w.newBodyButton("", p.w.askOnline)
	p.asking = newParagraph("", styleText)
	part.Add(container.NewHBox(p.ask))
	part.Add(p.asking)
	return part
}

// option is a choice on this page that changes what was told.
func (p *askPage) option(text *paragraph, chosen func(checks.Told) bool, choose func(telling) telling) *option {
	o := newOption(text.text, text, func() { p.w.tell(choose(p.w.telling)) })
	o.keys, o.reveal = p.w.typedKey, func() { p.w.shell.reveal(o) }
	p.options = append(p.options, chooser{o, chosen})
	return o
}

// show brings the page up to date with what was told.
func (p *askPage) show() {
	sc := p.w.scene()
	for _, o := range p.options {
		state := "wizard.ask.not-chosen"
		if o.chosen(sc.told) {
			state = "wizard.ask.chosen"
		}
		o.set(o.chosen(sc.told), o.name+": "+sc.t.Text(state))
	}
	if p.field.Text != p.w.typed { // not what the scene shows of it, or that would be told
		p.field.SetText(p.w.typed)
	}
	p.heard.show(sc.heard())
	p.showList()
	if p.ask != nil {
		asking := sc.asking()
		p.ask.set(sc.t.Text("wizard.ask.online.button"), asking != askingRunning)
		p.asking.Hidden = asking == askingIdle
		p.asking.SetText(sc.t.Text("wizard.ask.online." + string(asking)))
	}
}

// showList folds the messages away until they are wanted.
func (p *askPage) showList() {
	if p.list == nil {
		return
	}
	label := "wizard.ask.list.show"
	switch {
	case p.w.unfolded:
		label = "wizard.ask.list.hide"
	case p.w.telling.told.Message != "":
		label = "wizard.ask.list.other"
	}
	p.unfold.set(p.w.t.Text(label), true)
	p.list.Hidden = !p.w.unfolded
}

// heardLine says what the program makes of a message.
type heardLine struct {
	box  *fyne.Container
	icon *markIcon
	text *paragraph
}

func newHeardLine() *heardLine {
	h := &heardLine{icon: newMarkIcon(markNone, 20), text: newParagraph("", styleText)}
	h.box = container.New(beside{gap: 10, width: 20, left: true}, h.text, container.New(inset{0, 3}, h.icon))
	return h
}

func (h *heardLine) show(l line) {
	h.box.Hidden = l.text == ""
	h.icon.set(l.mark)
	h.text.SetText(l.text)
}

// typeMessage takes in what stands in the field, which takes back what was told
// before.
func (w *Wizard) typeMessage(text string) {
	if text == w.typed {
		return
	}
	w.pinTyped = isPIN(text)
	if w.pinTyped {
		text = "" // and nothing of it is kept
	}
	w.typed = text
	w.tell(w.telling.saying(text))
	w.shell.reveal(w.askPage.heard.box)
}

// tell takes in what the user told.
func (w *Wizard) tell(t telling) {
	w.telling = t
	w.flow = w.flow.answer(w.question())
	w.update()
}

// askOnline asks over the internet: the press of the button is the consent.
func (w *Wizard) askOnline() {
	if a, ok := w.computer.(asker); ok && slices.Contains([]asking{askingIdle, askingDone}, w.scene().asking()) {
		w.asked = true
		a.Ask(w.purpose.Software())
		w.update()
	}
}
