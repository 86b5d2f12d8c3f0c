package wizard

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/platform"
)

// saveView is the page on which a report is saved, and says before what will be in it:
// plain data, as view is.
type saveView struct {
	heading, about string
	areas          []choice
	done           line
}

// saveable reports whether a report of what is looked at can be saved.
func (w *Wizard) saveable() bool { return w.o.Save != nil && !w.recorded() }

// newReport makes the report of what the result shows. What a page lists of it is what is
// saved then, whatever the computer does meanwhile.
func (w *Wizard) newReport() *report.Report {
	j := w.flow.result()
	r := report.New(w.o.Tool, w.o.Who, j.d, j.s, w.clock())
	return &r
}

func (sc scene) saveView() saveView {
	v := saveView{
		heading: sc.t.Text("wizard.save.heading"), about: sc.t.Text("wizard.save.about"), done: sc.library.top().done,
	}
	for _, a := range platform.Areas {
		if of := sc.itemsOf(a); len(of) > 0 {
			v.areas = append(v.areas, choice{
				title: sc.t.Text("area." + string(a)), about: sc.counted(of),
				do: action{do: cmdRead, leaf: leaf{kind: leafArea, id: string(a)}},
			})
		}
	}
	return v
}

// saveActions are the buttons below.
func (sc scene) saveActions() view {
	return view{
		page:    pageLibrary,
		primary: action{label: sc.t.Text("wizard.save.page"), do: cmdSavePage},
		second:  action{label: sc.t.Text("wizard.save.data"), do: cmdSaveData},
	}
}

func (sc scene) itemsOf(a platform.Area) []report.Item {
	var of []report.Item
	for _, it := range sc.saving.Contents() {
		if it.Area == a {
			of = append(of, it)
		}
	}
	return of
}

// itemStates are the forms in which something is in a report, what is hidden first.
var itemStates = []report.ItemState{report.ItemMasked, report.ItemLeftOut, report.ItemPlain}

// counted says how many fields are in which form.
func (sc scene) counted(items []report.Item) string {
	var parts []string
	for _, state := range itemStates {
		n := 0
		for _, it := range items {
			if it.State == state {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, sc.t.Text("wizard.save.count."+string(state), assets.Args{"number": strconv.Itoa(n)}))
		}
	}
	return strings.Join(parts, sc.t.Text("format.list-separator"))
}

// areaView lists what of one area is in the report.
func (sc scene) areaView() []detail {
	var all []detail
	for _, state := range itemStates {
		d := detail{title: sc.t.Text("wizard.save.state." + string(state))}
		for _, it := range sc.itemsOf(platform.Area(sc.library.top().id)) {
			if it.State == state {
				d.facts = append(d.facts, fact{sc.itemName(it), sc.itemValue(it)})
			}
		}
		if len(d.facts) > 0 {
			all = append(all, d)
		}
	}
	return all
}

// itemName is what people call a field, or else its name in the saved data.
func (sc scene) itemName(it report.Item) string {
	name := strings.ReplaceAll(it.Name(), "_", "-")
	for _, key := range []string{"left-out." + it.Name(), "token." + it.Name(), "wizard.fact." + name} {
		if strings.HasPrefix(key, "left-out.") == (it.State == report.ItemLeftOut) && sc.t.Has(key) {
			return sc.t.Text(key)
		}
	}
	return it.Field
}

func (sc scene) itemValue(it report.Item) string {
	value := report.Readable(sc.t, it.Example)
	if it.Count > 1 {
		return sc.t.Text("wizard.save.more", assets.Args{"value": value, "number": strconv.Itoa(it.Count)})
	}
	return value
}

// save writes the report in one of its forms, away from Fyne's goroutine.
func (w *Wizard) save(form command) {
	r, t := w.saving, w.t
	if r == nil || w.o.Save == nil || w.library.top().kind != leafSave {
		return
	}
	w.background(func() {
		content, ending, err := []byte(nil), ".html", error(nil)
		if form == cmdSavePage {
			content, err = r.HTML(t)
		} else {
			ending = ".yomitori"
			content, err = r.File()
		}
		path := ""
		if err == nil {
			path, err = w.o.Save(content, ending)
		}
		fyne.Do(func() {
			if w.saving != r || w.library.top().kind != leafSave {
				return // they went on
			}
			w.noteDone(saved(w.t, path, err))
			if err == nil {
				top := w.library.top()
				top.saved = path
				w.library = w.library.with(top)
			}
			w.turnedAt = time.Time{}
			w.update()
			w.shell.scrollTo(fyne.Position{})
		})
	})
}

// saved says where a report is, or why it is nowhere.
func saved(t assets.Texts, path string, err error) line {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return line{mark: markProblem, text: t.Text("wizard.save.denied")}
	case err != nil:
		return line{mark: markProblem, text: t.Text("wizard.save.failed")}
	}
	return line{mark: markOK, text: t.Text("report.saved", assets.Args{"file": path})}
}

// copyReport copies the report as text.
func (w *Wizard) copyReport() {
	if w.saving == nil {
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(w.saving.Plain(w.t))
	w.noteDone(line{mark: markOK, text: w.t.Text("wizard.save.copied")})
}
