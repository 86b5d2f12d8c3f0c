package console

import (
	"fmt"
	"io"
	"time"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Watcher prints what changes from one snapshot to the next.
type Watcher struct {
	w    io.Writer
	t    assets.Texts
	last *platform.Snapshot
}

// NewWatcher makes a watcher that prints to w.
func NewWatcher(w io.Writer, t assets.Texts) *Watcher { return &Watcher{w: w, t: t} }

// Show prints the events that lead from the snapshot before to s.
func (v *Watcher) Show(s platform.Snapshot) {
	if !s.Readers.Settled() {
		return
	}
	for _, line := range v.events(s) {
		fmt.Fprintf(v.w, "%s  %s\n", s.Taken.In(checks.Japan).Format(time.TimeOnly), line)
	}
	v.last = &s
}

func (v *Watcher) events(s platform.Snapshot) []string {
	var before platform.Snapshot
	if v.last != nil {
		before = *v.last
	}
	var lines []string
	if v.last == nil || s.Readers.Look != before.Readers.Look {
		lines = append(lines, v.service(s))
	}
	had, has := readers(before), readers(s)
	for _, r := range before.Readers.List {
		if _, ok := has[r.Name]; !ok {
			lines = append(lines, v.say("console.watch.reader-gone", r.Name, ""))
		}
	}
	for _, r := range s.Readers.List {
		if _, ok := had[r.Name]; !ok {
			lines = append(lines, v.say("console.watch.reader", r.Name, ""))
		}
		lines = append(lines, v.card(r.Name, had[r.Name], has[r.Name])...)
	}
	return lines
}

// seat is a reader with the card in it, if any.
type seat struct {
	in   bool
	card *platform.Card
}

func readers(s platform.Snapshot) map[string]seat {
	seats := map[string]seat{}
	for i, r := range s.Readers.List {
		v := seat{in: r.CardIn}
		for j, c := range s.Cards.List {
			if c.ReaderIndex == i && c.Settled() {
				v.card = &s.Cards.List[j]
			}
		}
		seats[r.Name] = v
	}
	return seats
}

func (v *Watcher) service(s platform.Snapshot) string {
	switch {
	case !s.Readers.OK():
		return v.t.Text("console.watch.down", assets.Args{"why": v.t.Text("why." + string(s.Readers.Why))})
	case len(s.Readers.List) == 0:
		return v.t.Text("console.watch.no-reader")
	}
	return v.t.Text("console.watch.up")
}

func (v *Watcher) card(reader string, before, now seat) []string {
	var lines []string
	if now.in && !before.in {
		lines = append(lines, v.say("console.watch.card-in", reader, ""))
	}
	if before.in && !now.in {
		lines = append(lines, v.say("console.watch.card-out", reader, ""))
	}
	if now.card != nil && (before.card == nil || before.card.Look != now.card.Look || before.card.Kind != now.card.Kind) {
		what := words.Kind(v.t, now.card.Kind)
		if !now.card.OK() {
			what = v.t.Text("why." + string(now.card.Why))
		}
		lines = append(lines, v.say("console.watch.card", reader, what))
	}
	return lines
}

func (v *Watcher) say(key, reader, what string) string {
	return v.t.Text(key, assets.Args{"reader": reader, "what": what})
}
