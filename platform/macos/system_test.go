package macos_test

import (
	"testing"

	"yomitori/platform"
)

func TestRosetta(t *testing.T) {
	const try = "/usr/bin/arch -x86_64 /usr/bin/true"
	for name, tt := range map[string]struct {
		tried answer
		want  platform.Switch
	}{
		"runs":              {answer{}, platform.SwitchOn},
		"does not run":      {answer{"arch: posix_spawnp: /usr/bin/true: Bad CPU type in executable", 1}, platform.SwitchOff},
		"ended by a signal": {answer{"", -1}, platform.SwitchUnknown},
	} {
		m := load(t, "tahoe.txtar")
		m.runs[try] = tt.tried
		if got := m.observe(t).System.Rosetta; got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
