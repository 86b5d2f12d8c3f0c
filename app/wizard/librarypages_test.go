package wizard

import (
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// aKey is the key of a text that is missing. Articles may end sentences with such words,
// but no letter follows then.
var aKey = regexp.MustCompile(`\b(wizard|article|repair|finding|message|purpose)\.[a-z]`)

// wantArticle fails on what an article page may not show, and on what has no room.
func wantArticle(t *testing.T, r *rig, size fyne.Size) {
	t.Helper()
	all := strings.Join(r.texts(), "\n")
	if key := aKey.FindString(all); key != "" {
		t.Errorf("%+v shows %q", r.library.top(), key)
	}
	for _, bad := range []string{"{", "}", secretSubject, secretSerial, secretATR} {
		if strings.Contains(all, bad) {
			t.Errorf("%+v shows %q", r.library.top(), bad)
		}
	}
	wantRoom(t, r, size)
}

// TestEveryArticle shows every article and its code in both languages, in the smallest
// window, before and after the computer was looked at.
func TestEveryArticle(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		t.Run(string(lang), func(t *testing.T) {
			r := newRig(t, Options{
				Lang: lang, Browse: func([]byte) error { return nil },
				Page: func(assets.Texts, articles.Article, *checks.Diagnosis) ([]byte, error) { return nil, nil },
			})
			r.win.Resize(size)
			for _, look := range []string{"", "healthy", "service"} {
				if look != "" {
					r.show(look)
				}
				for _, a := range articles.All() {
					r.readArticle(a.ID)
					r.wantText(a.Title.In(lang))
					wantArticle(t, r, size)
					if look == "" {
						r.act(action{do: cmdCopy})
						wantArticle(t, r, size)
						r.act(action{do: cmdRead, leaf: leaf{kind: leafCode, id: a.ID}})
						wantArticle(t, r, size)
						r.do(cmdBack)
					}
					r.do(cmdBack)
				}
			}
		})
	}
}

// TestEverySearchPage shows the places and every kind of answer.
func TestEverySearchPage(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		r := newRig(t, Options{Lang: lang})
		r.win.Resize(size)
		for _, typed := range []string{"", "HUB0002", "HUB0001", "証明書", "zzzzzzzz", strings.Repeat("長い", 20)} {
			r.search(typed)
			wantArticle(t, r, size)
		}
		for _, w := range articles.Wheres {
			r.act(action{do: cmdRead, leaf: leaf{kind: leafPlace, where: w}})
			wantArticle(t, r, size)
			r.do(cmdBack)
		}
		r.look("1234")
		wantArticle(t, r, size)
		r.readArticle("hub0002")
		r.act(r.first)
		r.wantPage(pageStart)
		r.wantText(r.toldAtStart())
		wantArticle(t, r, size)
	}
}

// TestEveryRepairOfAnArticle shows the repairs that articles offer on practice
// computers, and the causes that these confirm.
func TestEveryRepairOfAnArticle(t *testing.T) {
	size := fyne.NewSize(900, 600)
	offered, confirmed := 0, 0
	for _, name := range practice.Names() {
		pc := newRepairable(t, name)
		r := newRigOn(t, Options{
			Purpose: checks.ETax, Practising: name,
			Scratch: func() (Journal, func(), error) { return nil, func() {}, nil },
		}, func(p *puppet) platform.Computer { pc.puppet = p; return pc })
		r.win.Resize(size)
		pc.look(t)
		for _, a := range articles.All() {
			r.flow.over, r.library = "", library{}
			v := readingScene(r, a.ID).articleView(a)
			if len(v.repairs) == 0 && (len(v.behind) == 0 || v.behind[0].title != r.t18("article.behind.confirmed")) {
				continue
			}
			offered += len(v.repairs)
			confirmed++
			r.readArticle(a.ID)
			wantArticle(t, r, size)
		}
	}
	if offered == 0 || confirmed == 0 {
		t.Errorf("%d repairs are offered, %d articles say more than nothing", offered, confirmed)
	}
	t.Logf("%d repairs in %d articles", offered, confirmed)
}

// readingScene is the scene while an article is read, without showing it.
func readingScene(r *rig, id string) scene {
	r.library = library{}.open(leaf{kind: leafArticle, id: id}, spot{})
	r.flow.over = pageLibrary
	sc := r.scene()
	r.library, r.flow.over = library{}, ""
	return sc
}

// A code is drawn where the steps are short enough; else a sentence says what to do.
func TestCodes(t *testing.T) {
	r := newRig(t, Options{Practising: "healthy"}) // with a banner
	r.win.Resize(fyne.NewSize(900, 600))
	drawn, tooLong := 0, 0
	for _, a := range articles.All() {
		if len(stepsIn(r.Wizard.t, a)) == 0 {
			continue
		}
		r.act(action{do: cmdRead, leaf: leaf{kind: leafCode, id: a.ID}})
		found := false
		visit(r.shell.body, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
			raster, ok := o.(*canvas.Raster)
			found = found || ok && raster.Size() == fyne.NewSize(codeSide, codeSide)
			if room := r.shell.holder.Size().Height; ok && at.Y+codeSide > room {
				t.Errorf("%s: the code ends at %v, what can be seen at %v", a.ID, at.Y+codeSide, room)
			}
		})
		switch says := r.says(r.t18("wizard.article.qr-too-long")); {
		case found == says:
			t.Errorf("%s: drawn %v, said to be too long %v", a.ID, found, says)
		case found:
			drawn++
		default:
			tooLong++
		}
		r.do(cmdBack)
	}
	t.Logf("%d are drawn, %d are too long", drawn, tooLong)
	if drawn < 3*tooLong {
		t.Errorf("%d codes, and %d articles are too long for one", drawn, tooLong)
	}
}

// With nothing but the keyboard: to the field, the answer, the article, its links and
// tools, and back to the first page.
func TestTheLibraryByKeyboard(t *testing.T) {
	r := newRig(t, Options{})
	r.show("healthy")
	c := r.win.Canvas()
	tab := func(until string) {
		t.Helper()
		for range 40 {
			c.(interface{ FocusNext() }).FocusNext()
			if nameOf(c.Focused()) == until {
				return
			}
		}
		t.Fatalf("Tab does not lead to %q", until)
	}
	tab(fieldName)
	for _, letter := range "hub0002" {
		c.Focused().TypedRune(letter)
	}
	r.key(fyne.KeyReturn)
	tab("「HUB0002」と出る")
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafArticle, id: "hub0002"})
	tab(r.t18("wizard.article.qr"))
	r.key(fyne.KeySpace)
	r.wantLeaf(leaf{kind: leafCode, id: "hub0002"})
	r.key(fyne.KeyEscape)
	tab(mustArticle(t, "ssl-state").Title.JA)
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafArticle, id: "ssl-state"})
	for range 3 {
		r.key(fyne.KeyEscape)
	}
	r.wantLeaf(leaf{})
	r.wantPage(pageStart)
	if c.Focused() == nil || nameOf(c.Focused()) != fieldName {
		t.Errorf("back at %q", nameOf(c.Focused()))
	}
}

// Whatever is about a phone alone says that the computer cannot see it.
func TestArticlesAboutPhonesSaySo(t *testing.T) {
	r := newRig(t, Options{})
	r.show("healthy")
	says := regexp.MustCompile(`スマートフォン.*見え(ない|ません)`)
	phones := 0
	for _, a := range articles.All() {
		if !onPhone(a) {
			continue
		}
		phones++
		r.readArticle(a.ID)
		if !says.MatchString(strings.Join(r.texts(), "")) {
			t.Errorf("%s does not say it: %q", a.ID, r.texts())
		}
		r.do(cmdBack)
	}
	if phones < 30 {
		t.Errorf("%d articles", phones)
	}
}
