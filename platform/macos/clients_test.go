package macos_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A program that starts itself once more was opened once.
func TestProgramStartsItself(t *testing.T) {
	m := load(t, "tahoe.txtar")
	m.runs["/bin/ps -axww -o pid=,ppid=,uid=,etime=,comm="] = answer{out: `
  700     1   501    10:00 /Applications/JPKI.app/Contents/MacOS/JPKI
  701   700   501    09:59 /Applications/JPKI.app/Contents/MacOS/JPKI
  702     1   501    09:59 /Applications/JPKI.app/Contents/MacOS/JPKI
  703   700   501    09:58 /Applications/JPKI.app/Contents/MacOS/JPKIHelper
  704   704   501    09:58 /Applications/JPKI.app/Contents/MacOS/JPKI
  705   999   501    09:58 /Applications/JPKI.app/Contents/MacOS/JPKI
`}
	got := map[int]bool{}
	for _, p := range m.observe(t).Clients.Processes {
		got[p.ID] = p.Child
	}
	want := map[int]bool{700: false, 701: true, 702: false, 703: false, 704: false, 705: false}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
