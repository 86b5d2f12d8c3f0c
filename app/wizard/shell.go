package wizard

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"yomitori/assets"
)

// shell is what stays while pages come and go: rail, banner, scroll and
// buttons. The buttons never change their places.
type shell struct {
	w      *Wizard
	root   *fyne.Container
	rail   *railView
	side   *fyne.Container // the rail with its background
	banner *fyne.Container
	saying *fyne.Container // in the banner, what is looked at
	bar    *shareBar       // in the banner
	notice *paragraph      // in the banner
	leave  *button         // in the banner
	scroll *container.Scroll
	holder *fyne.Container // around the scroll
	body   *fyne.Container // in the scroll

	back, second, primary            *button
	practice, langs, langs2, records *button // practice and language on the first page; language below the rail
	share, share2                    *button // on the first page, below the rail
	letters                          pressed

	shown    any // what the body was built from
	shownIn  assets.Lang
	lastPage string
}

func newShell(w *Wizard) *shell {
	s := &shell{w: w, rail: newRailView(w.jump)}
	for _, item := range s.rail.items {
		item.keys = w.typedKey
	}
	s.buttons()
	s.body = container.New(inset{pageInset, gapLarge + 4})
	s.scroll = container.NewVScroll(s.body)
	s.scroll.OnScrolled = func(fyne.Position) { s.letter() }
	s.holder = container.New(scrolled{}, s.scroll)
	s.notice = newParagraph("", styleStrong)
	s.saying = on(colorBanner, container.NewBorder(nil, nil, nil, s.leave,
		container.New(inset{pageInset, 8}, s.notice)))
	s.bar = newShareBar(w)
	s.banner = newColumn(0, s.bar.box, s.saying)
	s.side = on(colorPanel, container.New(inset{10, 18}, container.NewBorder(nil, container.NewHBox(s.langs2, s.share2), nil, nil, s.rail.box)))
	s.root = container.New(frame{}, s.banner, s.side, s.holder, s.footer())
	return s
}

func (s *shell) buttons() {
	w := s.w
	s.back = w.newButton(faceOutline, "", func() { w.do(cmdBack) })
	s.second = w.newButton(faceOutline, "", func() { w.act(w.secondary) })
	s.primary = w.newButton(faceFilled, "", w.pressPrimary)
	s.practice = w.newButton(facePlain, "", func() { w.do(cmdPractice) })
	s.records = w.newButton(facePlain, "", func() { w.do(cmdRecords) })
	s.langs = w.newButton(facePlain, "", w.switchLang)
	s.langs2 = w.newButton(facePlain, "", w.switchLang)
	s.share = w.newButton(facePlain, "", w.share)
	s.share2 = w.newButton(facePlain, "", w.share)
	s.leave = w.newButton(facePlain, "", w.leavePractice)
}

func (s *shell) footer() fyne.CanvasObject {
	left := container.New(layout.NewCustomPaddedHBoxLayout(12), s.back, s.langs, s.practice, s.records, s.share)
	right := container.New(layout.NewCustomPaddedHBoxLayout(12), s.second, container.New(wide{230}, s.primary))
	row := container.NewBorder(nil, nil, left, right)
	return container.NewBorder(newSurface(theme.ColorNameSeparator), nil, nil, nil,
		container.New(inset{gapLarge, 14}, row))
}

// show brings the window up to date with the wizard. The body is built anew
// only when what it says has changed.
func (s *shell) show() {
	w := s.w
	s.notice.SetText(w.bannerText())
	s.saying.Hidden = w.bannerText() == ""
	s.bar.show(w)
	s.banner.Hidden = s.saying.Hidden && s.bar.box.Hidden
	onStep := inRail(w.flow.page) >= 0
	s.side.Hidden = !onStep || w.flow.over == pageRepair || w.flow.over == pageLibrary
	s.rail.show(w.t, w.flow, w.sharing())
	switch w.flow.shown() {
	case pageStart:
		offers, told := w.scene().offers(), w.toldAtStart()
		s.set([]any{offers, told}, func() fyne.CanvasObject { return w.newStart(offers, told) })
		s.actions(view{})
	case pagePractice:
		s.set(string(pagePractice), w.newPractice)
		s.actions(view{})
	case pageRecords:
		s.set(w.scene().undoable(), w.newRecords)
		s.actions(view{})
	case pageAsk:
		q := w.scene().questions()
		s.set(q, func() fyne.CanvasObject { return w.newAskPage(q) })
		w.askPage.show()
		s.actions(w.scene().askView())
	case pageRepair:
		v := w.scene().repairView()
		s.set(v, func() fyne.CanvasObject { return newRepairPage(v) })
		s.actions(view{primary: v.primary, second: v.second})
	case pageLibrary:
		defer s.keepFocus()()
		s.actions(w.showLibrary())
	default:
		v := w.scene().view()
		s.set(v, func() fyne.CanvasObject { return w.newBody(v) })
		s.actions(v)
	}
	s.letter()
	s.root.Refresh()
	s.relayout()
}

// actions sets the buttons.
func (s *shell) actions(v view) {
	w, t := s.w, s.w.t
	other := t.Text("wizard.language")
	s.primary.set(v.primary.label, !v.primary.off)
	s.second.set(v.second.label, true)
	w.first, w.secondary = v.primary, v.second
	first := w.flow.shown() == pageStart
	s.back.set(only(w.canGoBack() && w.secondary.do != cmdBack, t.Text("wizard.button.back")), true)
	s.langs.set(only(s.side.Hidden, other), true)
	s.langs2.set(only(!w.sharing(), other), true)
	s.records.set(only(first && len(w.scene().undoable()) > 0 && !w.recorded(), t.Text("wizard.button.records")), true)
	s.practice.set(only(first && len(w.o.Practice) > 0, t.Text("wizard.button.practice")), true)
	sharing := only(!w.sharing(), t.Text("wizard.share.begin"))
	s.share.set(only(first, sharing), true)
	s.share2.set(sharing, true)
	s.leave.set(only(w.practising != "" && w.fix.leavable(), t.Text("wizard.practice.leave")), true)
}

func only(when bool, label string) string {
	if when {
		return label
	}
	return ""
}

// set fills the body, and starts a new page at its top.
func (s *shell) set(from any, build func() fyne.CanvasObject) {
	turned := s.lastPage != s.w.pageKey()
	if !turned && s.shownIn == s.w.t.Lang() && reflect.DeepEqual(s.shown, from) {
		return
	}
	if turned {
		s.scroll.Offset = fyne.Position{}
		s.w.unfolded = false
	}
	s.body.Objects = []fyne.CanvasObject{build()}
	s.shown, s.shownIn, s.lastPage = from, s.w.t.Lang(), s.w.pageKey()
	s.dropFocus()
}

// dropFocus takes the focus from what went away with an old body, and from
// steps that can no longer be pressed, so that Enter means the primary button.
func (s *shell) dropFocus() {
	c := s.w.win.Canvas()
	focused := c.Focused()
	for _, b := range []*button{s.back, s.second, s.primary, s.practice, s.records, s.langs, s.langs2, s.share, s.share2, s.bar.end, s.leave} {
		if focused == b {
			return
		}
	}
	for _, item := range s.rail.items {
		if focused == item && !item.disabled {
			return
		}
	}
	c.Unfocus()
}

// relayout gives the body its width again after its content changed.
func (s *shell) relayout() {
	s.letter()
	s.holder.Layout.Layout(s.holder.Objects, s.holder.Size())
	s.letter() // now that it is known what is in sight
}

// reveal scrolls a page so far that an object can be seen whole.
func (s *shell) reveal(o fyne.CanvasObject) {
	top := s.below(o)
	bottom := top + o.Size().Height
	switch room := s.scroll.Size().Height; {
	case top < 0:
		s.toTop(o)
	case bottom > room:
		s.scrollTo(fyne.NewPos(0, s.scroll.Offset.Y+bottom-room+gapLarge))
	}
}

// toTop scrolls a page until an object stands at its top.
func (s *shell) toTop(o fyne.CanvasObject) {
	s.scrollTo(fyne.NewPos(0, max(0, s.scroll.Offset.Y+s.below(o)-gapLarge)))
}

// below is how far below the top of what can be seen an object stands.
func (s *shell) below(o fyne.CanvasObject) float32 {
	d := fyne.CurrentApp().Driver()
	return d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s.scroll).Y
}

// scrollKey moves a long page, for those who use no mouse.
func (s *shell) scrollKey(key fyne.KeyName) {
	page := s.scroll.Size().Height
	by := map[fyne.KeyName]float32{
		fyne.KeyUp: -48, fyne.KeyDown: 48,
		fyne.KeyPageUp: -0.9 * page, fyne.KeyPageDown: 0.9 * page,
		fyne.KeyHome: -s.body.Size().Height, fyne.KeyEnd: s.body.Size().Height,
	}
	s.scrollTo(fyne.NewPos(0, max(0, s.scroll.Offset.Y+by[key])))
}

// scrollTo scrolls, and gives letters to what comes in sight.
func (s *shell) scrollTo(at fyne.Position) {
	s.scroll.ScrollToOffset(at)
	s.letter()
}
