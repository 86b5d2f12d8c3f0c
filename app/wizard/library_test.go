package wizard

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
)

// bar is the field to search with on the page on show.
func (r *rig) bar() *field {
	r.t.Helper()
	f, ok := named(r.shell.body, fieldName).(*field)
	if !ok {
		r.t.Fatalf("no field on page %q: %q", r.flow.shown(), r.texts())
	}
	return f
}

// look types a text and presses Enter.
func (r *rig) look(text string) {
	r.t.Helper()
	f := r.bar()
	r.win.Canvas().Focus(f)
	f.SetText(text)
	r.key(fyne.KeyReturn)
}

func (r *rig) wantLeaf(want leaf) {
	r.t.Helper()
	got := r.library.top()
	got.at, got.done = spot{}, line{}
	if got != want || (r.flow.over == pageLibrary) != (want != leaf{}) {
		r.t.Fatalf("on show: %+v (%s), want %+v", got, r.flow.shown(), want)
	}
}

func (r *rig) readArticle(id string) {
	r.t.Helper()
	r.act(r.scene().read(id).do)
	r.wantLeaf(leaf{kind: leafArticle, id: id})
}

func TestSearchFromTheFirstPage(t *testing.T) {
	r := newRig(t, Options{})
	r.look("hub0002")
	r.wantLeaf(leaf{kind: leafSearch, typed: "hub0002"})
	r.wantText(r.t18("wizard.find.found"))
	if r.win.Canvas().Focused() != r.bar() {
		t.Error("the field lost the focus")
	}
	r.look("HUB0001")
	r.wantText(r.Wizard.t.Text("article.unknown-code", assets.Args{"code": "HUB0001"}))
	r.wantText(r.t18("wizard.find.close"))
	r.wantText("「HUB0002」と出る")
	r.look("今日は天気がいいです年賀状")
	for _, s := range r.scene().searchView().shelves {
		if s.title == r.t18("wizard.find.found") {
			t.Errorf("surely found: %+v", s)
		}
	}
	r.look("")
	r.wantText(words.ArticleWhere(r.Wizard.t, articles.WherePhone))
	r.key(fyne.KeyEscape)
	r.wantLeaf(leaf{})
	r.wantPage(pageStart)
}

func TestAPINIsNotSearchedFor(t *testing.T) {
	for name, open := range map[string]func(*rig){
		"first page":  func(*rig) {},
		"search page": func(r *rig) { r.search("") },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{})
			r.win.Resize(fyne.NewSize(900, 600))
			open(r)
			for _, pin := range []string{"1234", "１２３４"} {
				r.look(pin)
				if f := r.bar(); f.Text != "" {
					t.Errorf("%q stays in the field", f.Text)
				}
				if r.library.top().typed != "" {
					t.Errorf("%q is searched for", r.library.top().typed)
				}
			}
			r.do(cmdBack)
			open(r)
			f := r.bar()
			r.win.Canvas().Focus(f)
			for _, digit := range "1234" {
				f.TypedRune(digit)
			}
			r.wantText(r.t18("wizard.ask.message.pin"))
			var bottom float32
			visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
				if p, ok := o.(*paragraph); ok && p.text == r.t18("wizard.ask.message.pin") {
					bottom = at.Y + p.Size().Height
				}
			})
			if room := r.shell.scroll.Position().Y + r.shell.holder.Position().Y + r.shell.scroll.Size().Height; bottom > room {
				t.Errorf("what is said ends at %v, what can be seen at %v", bottom, room)
			}
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // which answers nothing away
			r.wantText(r.t18("wizard.ask.message.pin"))
			f.TypedRune('H')
			if r.says(r.t18("wizard.ask.message.pin")) {
				t.Error("it is said still")
			}
		})
	}
}

// Where the reader was is where they come back to.
func TestBackInTheLibrary(t *testing.T) {
	r := newRig(t, Options{})
	r.win.Resize(fyne.NewSize(900, 600))
	r.search("")
	place := words.ArticleWhere(r.Wizard.t, articles.WherePhone)
	r.win.Canvas().Focus(named(r.shell.body, place))
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafPlace, where: articles.WherePhone})
	title := r.scene().searchView().shelves[0].choices[20].title
	r.win.Canvas().Focus(named(r.shell.body, title))
	offset := r.shell.scroll.Offset.Y
	r.key(fyne.KeySpace)
	if a, ok := r.library.top().article(); !ok || a.Title.JA != title || r.shell.scroll.Offset.Y != 0 {
		t.Fatalf("on show: %+v, scrolled to %v", r.library.top(), r.shell.scroll.Offset.Y)
	}
	r.key(fyne.KeyEscape)
	if got := nameOf(r.win.Canvas().Focused()); got != title || r.shell.scroll.Offset.Y != offset || offset == 0 {
		t.Errorf("back at %q, scrolled to %v; was at %q, %v", got, r.shell.scroll.Offset.Y, title, offset)
	}
	r.readArticle("hub0002")
	r.win.Canvas().Focus(named(r.shell.body, r.t18("wizard.article.copy")))
	r.readArticle("ssl-state") // which has that button too
	if got := r.win.Canvas().Focused(); got != nil || r.shell.scroll.Offset.Y != 0 {
		t.Errorf("a new page begins at %q, scrolled to %v", nameOf(got), r.shell.scroll.Offset.Y)
	}
	r.key(fyne.KeyEscape)
	r.key(fyne.KeyEscape)
	r.key(fyne.KeyEscape)
	if got := nameOf(r.win.Canvas().Focused()); got != place {
		t.Errorf("back at %q, was at %q", got, place)
	}
	r.key(fyne.KeyEscape)
	r.wantPage(pageStart)
	r.wantLeaf(leaf{})
}

// What is seen of the computer joins in while an article is read, and takes neither
// place nor focus from the reader.
func TestCausesJoinTheDiagnosis(t *testing.T) {
	r := newRig(t, Options{})
	r.win.Resize(fyne.NewSize(900, 600))
	r.readArticle("hub0002")
	r.wantText(r.t18("article.causes"))
	if r.says(r.t18("article.behind.excluded")) {
		t.Error("something is excluded before anything was seen")
	}
	copying := named(r.shell.body, r.t18("wizard.article.copy"))
	r.win.Canvas().Focus(copying)
	offset := r.shell.scroll.Offset.Y
	r.show("healthy")
	r.wantText(r.t18("article.causes.here"))
	r.wantText("カードリーダー: 認識されています")
	if got := r.win.Canvas().Focused(); nameOf(got) != r.t18("wizard.article.copy") || r.shell.scroll.Offset.Y == 0 || offset == 0 {
		t.Errorf("focus on %q, scrolled to %v after %v", nameOf(got), r.shell.scroll.Offset.Y, offset)
	}
	r.show("service")
	v := r.scene().articleView(mustArticle(t, "hub0002"))
	// The computer has no official software either, which this message is about.
	service := func(l line) bool { return l.mark == markProblem && strings.Contains(l.text, "サービス") }
	if s := v.behind[0]; s.title != r.t18("article.behind.confirmed") || !slices.ContainsFunc(s.lines, service) {
		t.Errorf("of a disabled service: %+v", s)
	}
}

func mustArticle(t *testing.T, id string) articles.Article {
	t.Helper()
	a, ok := articles.ByID(id)
	if !ok {
		t.Fatalf("no article %s", id)
	}
	return a
}

// An article waits for nobody: the page below goes on when it is closed.
func TestReadingHoldsThePages(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.readArticle("hub0002")
	if r.due != nil {
		t.Error("a page passes below what is read")
	}
	r.show("no card")
	r.wantLeaf(leaf{kind: leafArticle, id: "hub0002"})
	r.key(fyne.KeyEscape)
	r.wantLeaf(leaf{})
	r.pass()
	r.wantPage(pageCard)
}

func TestTheResultLeadsToArticles(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.show("expired")
	r.pass()
	r.wantPage(pageResult)
	r.wantText(r.t18("wizard.result.articles"))
	want := words.ArticlesFor(checks.ExpiryExpired)[0]
	r.win.Canvas().Focus(named(r.shell.body, want.Title.JA))
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafArticle, id: want.ID})
	r.wantText(r.t18("article.behind.confirmed"))
	r.key(fyne.KeyEscape)
	r.wantPage(pageResult)
	if got := nameOf(r.win.Canvas().Focused()); got != want.Title.JA {
		t.Errorf("back at %q", got)
	}
	r.press(r.t18("wizard.find.open"))
	r.wantLeaf(leaf{kind: leafSearch})
	r.look("forbidden")
	r.do(cmdBack)
	r.wantPage(pageResult)
}

func TestThisIsWhatISaw(t *testing.T) {
	saw := func(r *rig) { r.now = sampleTime.Add(guard); r.key(fyne.KeyReturn) }
	t.Run("on the result", func(t *testing.T) {
		r := newRig(t, Options{Purpose: checks.ETax})
		r.show("healthy")
		r.pass()
		r.readArticle("hub0002")
		saw(r)
		r.wantPage(pageResult)
		r.wantLeaf(leaf{})
		r.wantTold(checks.Told{Message: checks.MessageHUB0002})
		r.wantText("「HUB0002」と出る") // the result leads back to the article
		r.press("「HUB0002」と出る")
		r.wantText(r.Wizard.t.Text("wizard.ask.message.known", assets.Args{"message": "HUB0002"}))
		if r.shell.primary.Visible() {
			t.Error("it can be told twice")
		}
	})
	t.Run("of two services", func(t *testing.T) {
		r := newRig(t, Options{})
		r.show("healthy")
		r.readArticle("hub0002")
		saw(r)
		r.wantPage(pageStart)
		r.wantText(r.toldAtStart())
		r.press(r.t18("purpose.etax"))
		r.pass()
		r.wantPage(pageResult)
		r.wantTold(checks.Told{Message: checks.MessageHUB0002})
	})
	t.Run("taken back", func(t *testing.T) {
		r := newRig(t, Options{})
		r.readArticle("hub0002")
		saw(r)
		r.press(r.t18("wizard.start.forget"))
		if r.telling.told != (checks.Told{}) || r.toldAtStart() != "" {
			t.Errorf("told still: %+v", r.telling.told)
		}
	})
	t.Run("of one service", func(t *testing.T) {
		r := newRig(t, Options{})
		r.show("hpki")
		r.readArticle("forbidden")
		saw(r)
		if r.purpose != checks.HPKI {
			t.Fatalf("purpose %q", r.purpose)
		}
		r.pass()
		r.wantPage(pageResult)
		r.wantTold(checks.Told{Message: "forbidden"})
	})
}

// A code that begins with four digits can be typed, though they might be a PIN.
func TestACodeOfDigitsCanBeTyped(t *testing.T) {
	r := newRig(t, Options{})
	f := r.bar()
	r.win.Canvas().Focus(f)
	for _, digit := range "00210026" {
		f.TypedRune(digit)
	}
	if f.Text != "00210026" || r.says(r.t18("wizard.ask.message.pin")) {
		t.Errorf("%q stands in the field", f.Text)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.wantLeaf(leaf{kind: leafSearch, typed: "00210026"})
	r.do(cmdBack)
	r.look("0021")
	if r.library.top().typed != "" || r.bar().Text != "" {
		t.Error("four digits are searched for")
	}
}
