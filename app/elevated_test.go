package app_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"yomitori/app"
	"yomitori/platform"
)

func TestElevated(t *testing.T) {
	stop := platform.StopService("PcaSvc").String()
	tests := []struct {
		name string
		args []string
		err  error
		did  string
		want int
	}{
		{"made", []string{stop}, nil, stop, 0},
		{"what takes it back", []string{"start-service:PcaSvc"}, nil, "start-service:PcaSvc", 0},
		{"refused by the system", []string{stop}, platform.CannotRepair(platform.RepairDenied, "", nil), stop, 84},
		{"not for an administrator", []string{"quit-browser:edge"}, nil, "", 81},
		{"no repair", []string{"cmd.exe"}, nil, "", 89},
		{"a path", []string{`stop-service:C:\x`}, nil, "", 89},
		{"nothing", nil, nil, "", 89},
		{"two", []string{stop, stop}, nil, "", 89},
		{"an option", []string{stop, "--help"}, nil, "", 89},
		{"help", []string{"--help"}, nil, "", 89},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			did := ""
			code := app.Env{
				Stdout: &out, Stderr: &out, Getenv: func(string) string { t.Error("asked the environment"); return "" },
				Elevated: func(_ context.Context, r platform.Repair) error { did = r.String(); return tt.err },
			}.Run(t.Context(), append([]string{"elevated"}, tt.args...))
			if code != tt.want || did != tt.did || out.Len() > 0 {
				t.Errorf("exit %d, did %q, printed %q", code, did, out.String())
			}
		})
	}
	if got := run(t, "healthy", "--help"); strings.Contains(got.stdout, "elevated") {
		t.Error("help tells of it")
	}
	if got := (app.Env{}).Run(t.Context(), []string{"elevated", stop}); got != 81 {
		t.Errorf("where nothing can: exit %d", got)
	}
}
