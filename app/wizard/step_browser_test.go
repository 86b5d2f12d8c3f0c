package wizard

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/assets"
	"yomitori/platform"
)

func TestProcessText(t *testing.T) {
	var got []string
	for _, age := range []int{0, 59, 60, 7199, 7200, 90000} {
		got = append(got, processText(assets.In(assets.English), platform.Process{Program: "a.exe", Age: age}))
	}
	want := []string{
		"a.exe (started within a minute)", "a.exe (started within a minute)", "a.exe (started 1 min ago)",
		"a.exe (started 119 min ago)", "a.exe (started 2 h ago)", "a.exe (started 25 h ago)",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
