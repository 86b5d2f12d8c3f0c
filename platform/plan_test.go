package platform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"yomitori/platform"
)

func probe(a platform.Area, look func(context.Context) (func(*platform.Snapshot), error)) platform.Probe {
	return platform.Probe{Area: a, Look: look}
}

func fails(err error) func(context.Context) (func(*platform.Snapshot), error) {
	return func(context.Context) (func(*platform.Snapshot), error) { return nil, err }
}

// One area that fails, is refused or hangs never hides another.
func TestPlanFailsForward(t *testing.T) {
	synctest.Test(t, planFailsForward)
}

func planFailsForward(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	plan := platform.Plan{
		Now: func() time.Time { return time.Unix(1, 0) },
		Probes: []platform.Probe{
			probe(platform.AreaSystem, func(context.Context) (func(*platform.Snapshot), error) {
				return func(s *platform.Snapshot) { s.System = platform.System{Look: platform.Seen(), OS: "test"} }, nil
			}),
			probe(platform.AreaServices, fails(errors.New("broken"))),
			probe(platform.AreaDevices, fails(fmt.Errorf("look: %w", fs.ErrPermission))),
			probe(platform.AreaBrowsers, fails(errors.ErrUnsupported)),
			probe(platform.AreaHosts, func(context.Context) (func(*platform.Snapshot), error) { panic("CN=somebody") }),
			platform.Nothing(platform.AreaDrivers),
			probe(platform.AreaClients, func(context.Context) (func(*platform.Snapshot), error) { <-hang; return nil, nil }),
		},
		Live: func(_ context.Context, change func(func(*platform.Snapshot))) {
			change(func(s *platform.Snapshot) { s.Readers.Look, s.Cards.Look = platform.Seen(), platform.Seen() })
		},
	}
	s, err := platform.Observe(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[platform.Area]platform.Look{
		platform.AreaSystem:   {State: platform.Observed},
		platform.AreaServices: {State: platform.Failed, Why: platform.WhyError},
		platform.AreaDrivers:  {State: platform.NotApplicable},
		platform.AreaDevices:  {State: platform.Refused, Why: platform.WhyAccessDenied},
		platform.AreaBrowsers: {State: platform.Failed, Why: platform.WhyNotBuilt},
		platform.AreaClients:  {State: platform.Failed, Why: platform.WhyTimedOut},
		platform.AreaHosts:    {State: platform.Failed, Why: platform.WhyError},
		platform.AreaStore:    {State: platform.Failed, Why: platform.WhyNotBuilt}, // nothing looks at it
		platform.AreaReaders:  {State: platform.Observed},
		platform.AreaCards:    {State: platform.Observed},
	}
	for a, w := range want {
		if got := s.Look(a); got.State != w.State || got.Why != w.Why {
			t.Errorf("%s: %+v, want %+v", a, *got, w)
		}
	}
	if detail := s.Hosts.Detail; strings.Contains(detail, "somebody") {
		t.Errorf("a crash tells what it saw: %s", detail)
	}
	if s.Schema != platform.Schema || !s.Taken.Equal(time.Unix(1, 0)) {
		t.Errorf("schema %q, taken %v", s.Schema, s.Taken)
	}
}

func TestNothingIsReportedAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	plan := platform.Plan{
		Probes: []platform.Probe{probe(platform.AreaSystem, func(ctx context.Context) (func(*platform.Snapshot), error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})},
		Live: func(ctx context.Context, change func(func(*platform.Snapshot))) {
			<-ctx.Done()
			change(func(*platform.Snapshot) {})
		},
	}
	cancel()
	if err := plan.Follow(ctx, func(platform.Snapshot) { t.Error("reported after the end") }); err != nil {
		t.Error(err)
	}
}

func TestTriesAsJSON(t *testing.T) {
	for want, v := range map[string]platform.Tries{
		`3`: platform.TriesLeft(3), `"locked"`: platform.Locked(), `null`: {},
	} {
		raw, err := json.Marshal(v)
		if err != nil || string(raw) != want {
			t.Errorf("%+v is %s, %v; want %s", v, raw, err, want)
		}
		var back platform.Tries
		if err := json.Unmarshal(raw, &back); err != nil || back != v {
			t.Errorf("%s is read as %+v, %v", raw, back, err)
		}
	}
	for _, bad := range []string{`0`, `-1`, `16`, `"open"`, `1.5`, `{}`} {
		var v platform.Tries
		if json.Unmarshal([]byte(bad), &v) == nil {
			t.Errorf("%s is read as %+v", bad, v)
		}
	}
}
