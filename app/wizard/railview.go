package wizard

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"yomitori/assets"
)

// railWidth is the width of the rail of steps.
const railWidth = 236

// railView is the rail of steps at the left.
type railView struct {
	box   *fyne.Container
	items []*railItem
}

// railItem is one step in the rail.
type railItem struct {
	pressable
	page page
	icon *markIcon
	name *paragraph
}

func newRailView(jump func(page)) *railView {
	r := &railView{}
	box := newColumn(4)
	for _, p := range rail {
		item := &railItem{page: p, icon: newMarkIcon(markNone, 26), name: newParagraph("", styleText)}
		content := container.New(beside{gap: 12, width: 26, left: true}, item.name, item.icon)
		item.content, item.pad, item.press = content, fyne.NewSize(12, 9), func() { jump(p) }
		item.ExtendBaseWidget(item)
		r.items = append(r.items, item)
		box.Add(item)
	}
	r.box = box
	return r
}

// show brings the rail up to date. It leaves room for what stands above while the screen
// is shared.
func (r *railView) show(t assets.Texts, f flow, dense bool) {
	for i, item := range r.items {
		item.pad.Height = 9
		if dense {
			item.pad.Height = 4
		}
		m := f.markIn(item.page)
		name := strconv.Itoa(i+1) + " " + t.Text("step."+string(item.page))
		item.icon.set(m)
		item.name.SetText(name)
		item.mark(f.page == item.page, m != markNone)
		item.label = name
		if m != markNone {
			item.label += ": " + markText(t, m)
		}
	}
}

// markText says in words what a mark shows.
func markText(t assets.Texts, m mark) string {
	switch m {
	case markLooking:
		return t.Text("status.pending")
	case markWaiting:
		return t.Text("wizard.waiting")
	}
	return t.Text("status." + string(m))
}

func (i *railItem) mark(current, reached bool) {
	i.name.SetBold(current)
	if i.selected != current || i.disabled == reached {
		i.selected, i.disabled = current, !reached
		i.Refresh()
	}
}
