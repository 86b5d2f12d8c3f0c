package local_test

import (
	"testing"

	"yomitori/platform/local"
)

func TestStateFolder(t *testing.T) {
	t.Setenv("HOME", "/home/x")
	for state, want := range map[string]string{
		"":         "/home/x/.local/state/yomitori",
		"relative": "/home/x/.local/state/yomitori",
		"/var/y":   "/var/y/yomitori",
	} {
		t.Setenv("XDG_STATE_HOME", state)
		if got, err := local.StateFolder(); got != want || err != nil {
			t.Errorf("%q: %q, %v", state, got, err)
		}
	}
}
