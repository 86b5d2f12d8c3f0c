package wizard

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// event is one thing that happens to a flow, by a name that tests can list.
type event string

func (e event) apply(t *testing.T, f flow) flow {
	t.Helper()
	switch e {
	case "pass":
		if f.passes() {
			f = f.next()
		}
		return f
	case "next":
		return f.next()
	case "back":
		return f.back()
	case "result":
		return f.toResult()
	case "practice":
		return f.list(pagePractice)
	case "choose":
		return begin()
	case "ask":
		return f.ask()
	case "answered":
		return f.answered()
	}
	if p, ok := map[event]page{"jump reader": pageReader, "jump card": pageCard, "jump expiry": pageExpiry, "jump result": pageResult}[e]; ok {
		return f.jump(p)
	}
	return f.see(judge(sample(string(e)), checks.Question{Purpose: checks.Any}))
}

func TestFlow(t *testing.T) {
	passAll := []event{"pass", "pass", "pass", "pass", "pass", "pass"}
	story := func(before ...event) []event { return before }
	healthy := append(story("healthy"), passAll...)
	at := func(then ...event) []event { return append(slices.Clone(healthy), then...) } // the result
	tests := []struct {
		name   string
		events []event
		want   page
		held   bool
	}{
		{"nothing is known yet", story("pass"), pageReader, false},
		{"the reader is still being looked for", story("blank", "pass"), pageReader, false},
		{"no reader stops at the reader", story("no reader", "pass"), pageReader, false},
		{"a stopped service stops at the reader", story("service", "pass", "pass"), pageReader, false},
		{"the reader comes: on to the card", story("no reader", "no card", "pass"), pageCard, false},
		{"no card stops at the card", story("no card", "pass", "pass"), pageCard, false},
		{"a card is being read", story("no card", "pass", "reading", "pass"), pageCard, false},
		{"the card was read: on", story("no card", "pass", "reading", "healthy", "pass"), pageCertificate, false},
		{"a healthy card runs through", healthy, pageResult, false},
		{"the result does not pass", at("pass"), pageResult, false},
		{"an expired certificate does not stop", append(story("expired"), passAll...), pageResult, false},
		{"a locked PIN does not stop", append(story("locked"), passAll...), pageResult, false},
		{"a mute card stops at the card", append(story("mute"), passAll...), pageCard, false},
		{"a card that left stops at the card", append(story("lost"), passAll...), pageCard, false},
		{"a strange card stops at the card", append(story("felica"), passAll...), pageCard, false},
		{"it gets better: on", story("mute", "pass", "healthy", "pass"), pageCertificate, false},
		{"a skipped step is passed over", story("healthy", "pass", "pass", "pass", "pass"), pageNFC, false},

		{"the card is pulled at the result", at("no card", "pass"), pageResult, false},
		{"the reader is pulled at the result", at("no reader"), pageResult, false},
		{"the service stops at the result", at("service"), pageResult, false},
		{"pulled, and another reader trouble", at("no card", "no reader", "service", "no card"), pageResult, false},
		{"pulled, and nobody knows about readers", at("no card", "failed", "blank"), pageResult, false},
		{"pulled and put in again: to the card at once", at("no card", "reading"), pageCard, false},
		{"pulled and put in again: through without a click", append(at("no card", "reading", "healthy"), passAll...), pageResult, false},
		{"reader and card are back: through", append(at("no reader", "no card", "healthy"), passAll...), pageResult, false},
		{"reader and card are back at once", at("no reader", "healthy"), pageCard, false},
		{"the service is back with the card", append(at("service", "healthy"), passAll...), pageResult, false},
		{"pulled, and a mute one put in", at("no card", "mute", "pass"), pageCard, false},
		{"a result looked at by hand is kept, and runs again", append(at("jump expiry", "jump result", "no card", "healthy"), passAll...), pageResult, false},
		{"a kept result leads back to the card", at("no card", "back"), pageCard, false},
		{"a kept result leads back to the reader", at("no reader", "back"), pageReader, false},
		{"a kept result can be come back to", at("no card", "back", "jump result"), pageResult, true},
		{"a kept result is what can be seen", at("no card", "back", "result"), pageResult, true},
		{"a kept result, left for the card, runs", append(at("no card", "back", "healthy"), passAll...), pageResult, false},
		{"no step after the card is open then", at("no card", "jump expiry"), pageResult, false},
		{"pulled while the card is read again", at("reading", "no card"), pageCard, false},
		{"another card without a gap", at("other card"), pageCard, false},
		{"another card without a gap, read first", append(at("reading", "other card"), passAll...), pageResult, false},
		{"a card in another reader", at("other reader"), pageCard, false},
		{"the same card once more", at("reading", "healthy", "healthy"), pageResult, false},
		{"another card while looking around", at("jump expiry", "other card"), pageExpiry, true},
		{"the card is swapped for a mute one", at("mute"), pageCard, false},
		{"a card that is read again does not turn the page", at("reading"), pageResult, false},

		{"back holds the page", at("back", "pass"), pageNFC, true},
		{"back passes over skipped steps", at("back", "back"), pageExpiry, true},
		{"next by hand stays by hand", at("jump expiry", "next", "pass"), pageNFC, true},
		{"jump to a step that was reached", at("jump card", "pass"), pageCard, true},
		{"jump to a step that was not", story("no card", "pass", "jump expiry"), pageCard, false},
		{"held at a later step, the card is pulled", at("jump expiry", "no card"), pageCard, false},
		{"held at the card, it is pulled and comes back", at("jump card", "no card", "healthy", "pass"), pageCertificate, false},
		{"held at the reader, the card is pulled", at("jump reader", "no card", "pass"), pageReader, true},
		{"after pulling, later steps are out of reach", at("jump expiry", "no card", "jump result"), pageCard, false},

		{"the result without a card", story("no card", "pass", "result"), pageResult, true},
		{"the same need does not pull back", story("no card", "pass", "result", "no card"), pageResult, true},
		{"a new need does", story("no card", "pass", "result", "mute"), pageCard, false},
		{"back from the result as it is", story("no card", "pass", "result", "back"), pageCard, false},
		{"back from the result as it is, at the reader", story("no reader", "result", "back"), pageReader, false},
		{"a card comes at the result as it is", story("no card", "pass", "result", "healthy"), pageCard, false},
		{"a wrong card is taken out at the result as it is", story("felica", "pass", "result", "no card"), pageResult, true},
		{"from the result back to the card, waiting again", story("no card", "pass", "result", "jump card", "healthy", "pass"), pageCertificate, false},

		{"asking at the result", at("ask", "answered"), pageResult, false},
		{"asking at the result, and back", at("ask", "back"), pageResult, false},
		{"asking turns no page", at("ask", "pass", "next"), pageResult, false},
		{"the card is pulled while asking", at("ask", "no card", "answered", "pass"), pageResult, false},
		{"another card while asking: through afterwards", append(at("ask", "no card", "other card", "pass", "answered"), passAll...), pageResult, false},
		{"another card while asking: it waits", at("ask", "other card", "pass", "pass"), pageCard, false},
		{"asking at expiry leads to the result", at("jump expiry", "ask", "answered"), pageResult, true},
		{"asking at expiry, and back", at("jump expiry", "ask", "back"), pageExpiry, true},
		{"asking at expiry holds it", story("healthy", "pass", "pass", "pass", "ask", "back", "pass"), pageExpiry, true},
		{"the rail leads away from asking", at("ask", "jump card"), pageCard, true},
		{"nothing is asked elsewhere", story("no card", "pass", "ask", "healthy", "pass"), pageCertificate, false},

		{"next does nothing while looking", story("blank", "next"), pageReader, false},
		{"next does nothing while waiting", story("no reader", "next"), pageReader, false},
		{"held, then from the first page again", append(at("back", "back", "jump reader", "back", "choose", "healthy"), passAll...), pageResult, false},
		{"back from the first step", story("no reader", "back"), pageStart, false},
		{"practice and back", story("no reader", "practice", "back"), pageReader, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := play(t, tt.events...)
			if f.page != tt.want || f.held != tt.held {
				t.Errorf("after %v: page %q held %v, want %q held %v", tt.events, f.page, f.held, tt.want, tt.held)
			}
		})
	}
}

// What is told while asking is judged, of a kept result too, and turns no page.
func TestAnswers(t *testing.T) {
	q := checks.Question{Purpose: checks.Any, Told: checks.Told{Lost: checks.Yes}}
	run := []event{"healthy", "pass", "pass", "pass", "pass", "pass", "pass"}
	for _, events := range [][]event{append(run, "ask"), append(run, "no card", "ask")} {
		f := play(t, events...)
		got := f.answer(q)
		if got.shown() != pageAsk || got.d.Question != q || got.result().d.Question != q {
			t.Errorf("after %v: page %q, judged for %+v, the result for %+v", events, got.shown(), got.d.Question, got.result().d.Question)
		}
		if f.kept != nil && f.kept.d.Question == q {
			t.Error("the flow from before was changed")
		}
	}
}

// play plays events from the beginning.
func play(t *testing.T, events ...event) flow {
	t.Helper()
	f := begin()
	for _, e := range events {
		f = e.apply(t, f)
	}
	return f
}

// TestRail holds against each story what the rail shows.
func TestRail(t *testing.T) {
	const (
		none, ok, notice, waiting, looking = markNone, markOK, markNotice, markWaiting, markLooking
		skipped, problem                   = markSkipped, markProblem
	)
	run := func(card event, then ...event) []event {
		return append([]event{card, "pass", "pass", "pass", "pass", "pass", "pass"}, then...)
	}
	tests := []struct {
		name   string
		events []event
		want   []mark
	}{
		{"at the start", nil, []mark{looking, none, none, none, none, none, none}},
		{"through", run("expired"), []mark{ok, ok, notice, problem, skipped, ok, problem}},
		{"the card is pulled", run("expired", "no card"), []mark{ok, waiting, none, none, none, none, problem}},
		{"the reader is pulled", run("expired", "no reader"), []mark{waiting, none, none, none, none, none, problem}},
		{"the reader is back", run("expired", "no reader", "no card"), []mark{ok, waiting, none, none, none, none, problem}},
		{"back at the card", run("expired", "no card", "back"), []mark{ok, waiting, none, none, none, none, problem}},
		{"another card", run("expired", "no card", "reading"), []mark{ok, looking, none, none, none, none, none}},
		{"the result as it is", []event{"no card", "pass", "result"}, []mark{ok, waiting, none, none, none, none, waiting}},
		{"and back from it", []event{"no card", "pass", "result", "back"}, []mark{ok, waiting, none, none, none, none, none}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := play(t, tt.events...)
			var got []mark
			for _, p := range rail {
				got = append(got, f.markIn(p))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPace(t *testing.T) {
	tests := []struct {
		name   string
		events []event
		want   time.Duration
	}{
		{"well", []event{"healthy"}, 800 * time.Millisecond},
		{"a notice", []event{"healthy", "pass", "pass"}, 1600 * time.Millisecond},
		{"a problem", []event{"expired", "pass", "pass", "pass"}, 1600 * time.Millisecond},
		{"unknown", []event{"failed"}, 1600 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := play(t, tt.events...)
			if !f.passes() || f.pace() != tt.want {
				t.Errorf("passes %v, stays %v, want %v", f.passes(), f.pace(), tt.want)
			}
		})
	}
}

func TestMarks(t *testing.T) {
	tests := []struct {
		sample string
		page   page
		want   mark
	}{
		{"blank", pageReader, markLooking},
		{"blank", pageResult, markLooking},
		{"no reader", pageReader, markWaiting},
		{"service", pageReader, markProblem},
		{"no card", pageReader, markOK},
		{"no card", pageCard, markWaiting},
		{"reading", pageCard, markLooking},
		{"mute", pageCard, markProblem},
		{"healthy", pageCard, markOK},
		{"healthy", pageExpiry, markNotice}, // revocation cannot be known
		{"healthy", pageBrowser, markSkipped},
		{"healthy", pageResult, markOK},
		{"expired", pageExpiry, markProblem},
		{"expired", pageResult, markProblem},
		{"refused", pageReader, markProblem},
		{"failed", pageReader, markUnknown},
		{"failed", pageResult, markUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.sample+"/"+string(tt.page), func(t *testing.T) {
			d := checks.Diagnose(sample(tt.sample), checks.Question{Purpose: checks.Any}, sampleTime)
			if got := markOf(d, tt.page); got != tt.want {
				t.Errorf("mark %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNothingSeenIsNeverHealthy guards against a flow that shows a result for
// a computer of which nothing was seen.
func TestNothingSeenIsNeverHealthy(t *testing.T) {
	d := checks.Diagnose(platform.Snapshot{}, checks.Question{Purpose: checks.Any}, sampleTime)
	for _, p := range rail {
		if m := markOf(d, p); m == markOK {
			t.Errorf("page %q is marked %q", p, m)
		}
	}
}
