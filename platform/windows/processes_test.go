package windows_test

import (
	"testing"
	"time"

	"yomitori/platform/windows"
)

func TestSettleParents(t *testing.T) {
	early, late := time.Unix(1000, 0), time.Unix(2000, 0)
	for name, tt := range map[string]struct {
		parent []windows.Process // of process 2
		start  time.Time
		want   int
	}{
		"an older parent":        {[]windows.Process{{ID: 1, Started: early}}, late, 1},
		"started at once":        {[]windows.Process{{ID: 1, Started: late}}, late, 1},
		"ended":                  {nil, late, 0},
		"its id was given again": {[]windows.Process{{ID: 1, Started: late}}, early, 0},
		"another user's parent":  {[]windows.Process{{ID: 1}}, late, 1},
		"start not known":        {[]windows.Process{{ID: 1, Started: late}}, time.Time{}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			all := append(tt.parent, windows.Process{ID: 2, Parent: 1, Started: tt.start})
			windows.SettleParents(all)
			if got := all[len(all)-1].Parent; got != tt.want {
				t.Errorf("parent %d, want %d", got, tt.want)
			}
		})
	}
}

func TestSamePath(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b string
		want bool
	}{
		"the same":        {`C:\a\b.exe`, `C:\a\b.exe`, true},
		"written oddly":   {`c:/A/x/../B.exe`, `\\?\C:\a\b.EXE`, true},
		"Japanese":        {`C:\利用者 ソフト\b.exe`, `C:\利用者 ソフト\B.exe`, true},
		"another":         {`C:\a\b.exe`, `C:\a\c.exe`, false},
		"none is nothing": {"", "", false},
		"not known":       {"", `C:\a`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := windows.SamePath(tt.a, tt.b); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
