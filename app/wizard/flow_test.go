package wizard

import (
	"testing"

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
		return f.practice()
	}
	if p, ok := map[event]page{"jump reader": pageReader, "jump card": pageCard, "jump expiry": pageExpiry, "jump result": pageResult}[e]; ok {
		return f.jump(p)
	}
	return f.see(checks.Diagnose(sample(string(e)), checks.Any, sampleTime))
}

func TestFlow(t *testing.T) {
	passAll := []event{"pass", "pass", "pass", "pass", "pass", "pass"}
	story := func(before ...event) []event { return before }
	healthy := append(story("healthy"), passAll...)
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
		{"the result does not pass", append(healthy, "pass"), pageResult, false},
		{"an expired certificate does not stop", append(story("expired"), passAll...), pageResult, false},
		{"a locked PIN does not stop", append(story("locked"), passAll...), pageResult, false},
		{"a mute card stops at the card", append(story("mute"), passAll...), pageCard, false},
		{"a card that left stops at the card", append(story("lost"), passAll...), pageCard, false},
		{"a strange card stops at the card", append(story("felica"), passAll...), pageCard, false},
		{"it gets better: on", story("mute", "pass", "healthy", "pass"), pageCertificate, false},
		{"a skipped step is passed over", story("healthy", "pass", "pass", "pass", "pass"), pageNFC, false},

		{"the card is pulled at the result", append(healthy, "no card"), pageCard, false},
		{"the reader is pulled at the result", append(healthy, "no reader"), pageReader, false},
		{"pulled and put in again: through without a click", append(append(healthy, "no card", "healthy"), passAll...), pageResult, false},
		{"the card is swapped for a mute one", append(healthy, "mute"), pageCard, false},
		{"a card that is read again does not turn the page", append(healthy, "reading"), pageResult, false},

		{"back holds the page", append(healthy, "back", "pass"), pageNFC, true},
		{"back passes over skipped steps", append(healthy, "back", "back"), pageExpiry, true},
		{"next by hand stays by hand", append(healthy, "jump expiry", "next", "pass"), pageNFC, true},
		{"jump to a step that was reached", append(healthy, "jump card", "pass"), pageCard, true},
		{"jump to a step that was not", story("no card", "pass", "jump expiry"), pageCard, false},
		{"held at a later step, the card is pulled", append(healthy, "jump expiry", "no card"), pageCard, false},
		{"held at the card, it is pulled and comes back", append(healthy, "jump card", "no card", "healthy", "pass"), pageCertificate, false},
		{"held at the reader, the card is pulled", append(healthy, "jump reader", "no card", "pass"), pageReader, true},
		{"after pulling, later steps are out of reach", append(healthy, "no card", "jump result"), pageCard, false},

		{"the result without a card", story("no card", "pass", "result"), pageResult, true},
		{"the same need does not pull back", story("no card", "pass", "result", "no card"), pageResult, true},
		{"a new need does", story("no card", "pass", "result", "mute"), pageCard, false},
		{"from the result back to the card, waiting again", story("no card", "pass", "result", "jump card", "healthy", "pass"), pageCertificate, false},

		{"next does nothing while looking", story("blank", "next"), pageReader, false},
		{"next does nothing while waiting", story("no reader", "next"), pageReader, false},
		{"back from the first step", story("no reader", "back"), pageStart, false},
		{"practice and back", story("no reader", "practice", "back"), pageReader, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := begin()
			for _, e := range tt.events {
				f = e.apply(t, f)
			}
			if f.page != tt.want || f.held != tt.held {
				t.Errorf("after %v: page %q held %v, want %q held %v", tt.events, f.page, f.held, tt.want, tt.held)
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
			d := checks.Diagnose(sample(tt.sample), checks.Any, sampleTime)
			if got := markOf(d, tt.page); got != tt.want {
				t.Errorf("mark %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNothingSeenIsNeverHealthy guards against a flow that shows a result for
// a computer of which nothing was seen.
func TestNothingSeenIsNeverHealthy(t *testing.T) {
	d := checks.Diagnose(platform.Snapshot{}, checks.Any, sampleTime)
	for _, p := range rail {
		if m := markOf(d, p); m == markOK {
			t.Errorf("page %q is marked %q", p, m)
		}
	}
}
