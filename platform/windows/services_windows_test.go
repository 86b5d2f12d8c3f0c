package windows_test

import (
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/windows/registry"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// TestMain lets the test program play a service: the service manager starts it
// with this argument. It also plays the elevated program.
func TestMain(m *testing.M) {
	switch arguments := os.Args[1:]; {
	case len(arguments) == 1 && arguments[0] == "service":
		_ = svc.Run("SCardSvr", playedService{})
	case len(arguments) == 2 && arguments[0] == "elevated":
		os.Exit(playElevated(arguments[1]))
	default:
		os.Exit(m.Run())
	}
}

type playedService struct{}

// Execute implements svc.Handler.
func (playedService) Execute(_ []string, requests <-chan svc.ChangeRequest, status chan<- svc.Status) (bool, uint32) {
	status <- svc.Status{State: svc.Running, Accepts: svc.AcceptStop}
	for r := range requests {
		if r.Cmd == svc.Stop {
			break
		}
		status <- r.CurrentStatus
	}
	status <- svc.Status{State: svc.StopPending}
	return false, 0
}

// makeService makes a service that goes away with the test.
func makeService(t *testing.T, m *mgr.Mgr, name string, start uint32, needs ...string) *mgr.Service {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	s, err := m.CreateService(name, program, mgr.Config{StartType: start, DisplayName: "スマート カード " + name, Dependencies: needs}, "service")
	must(t, err)
	t.Cleanup(func() {
		if err := errors.Join(s.Delete(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func waitFor(t *testing.T, s *mgr.Service, want svc.State) {
	t.Helper()
	for t.Context().Err() == nil {
		got, err := s.Query()
		must(t, err)
		if got.State == want {
			return
		}
	}
}

func TestServicesOnWine(t *testing.T) {
	onWine(t)
	m, err := mgr.Connect()
	must(t, err)
	defer m.Disconnect()
	find := func(t *testing.T) platform.Service {
		t.Helper()
		s := observed(t, platform.AreaServices).Services
		if !s.OK() {
			t.Fatalf("got %+v", s)
		}
		return *s.Find("SCardSvr")
	}
	t.Run("absent", func(t *testing.T) {
		if s := find(t); !s.OK() || s.Present {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("disabled", func(t *testing.T) {
		makeService(t, m, "SCardSvr", mgr.StartDisabled)
		s := find(t)
		if !s.OK() || !s.Present || s.Running || s.Status != "stopped" || s.Start != platform.StartDisabled {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("stopped, with a trigger", func(t *testing.T) {
		makeService(t, m, "SCardSvr", mgr.StartManual)
		k := makeKey(t, registry.LOCAL_MACHINE, `SYSTEM\CurrentControlSet\Services\SCardSvr\TriggerInfo`, 0)
		defer k.Close()
		trigger := makeKey(t, registry.LOCAL_MACHINE, `SYSTEM\CurrentControlSet\Services\SCardSvr\TriggerInfo\0`, 0)
		must(t, trigger.SetDWordValue("Type", 1))
		must(t, trigger.SetDWordValue("Action", 1))
		s := find(t)
		if !s.OK() || s.Running || s.Start != platform.StartManual || len(s.Triggers) != 1 || s.Triggers[0] != "device-arrival" {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("running", func(t *testing.T) {
		service := makeService(t, m, "SCardSvr", mgr.StartManual)
		must(t, service.Start())
		waitFor(t, service, svc.Running)
		s := find(t)
		if !s.OK() || !s.Running || s.Status != "running" || s.Start != platform.StartManual {
			t.Errorf("got %+v", s)
		}
		_, err := service.Control(svc.Stop)
		must(t, err)
		waitFor(t, service, svc.Stopped)
	})
}

// A name that is no name is an error, not an absent service.
func TestServiceWithoutName(t *testing.T) {
	if s, err := windows.NativeService("\x00"); err == nil || s.Present {
		t.Errorf("got %+v, %v", s, err)
	}
	if s, err := windows.NativeService("読み取り 無い"); err != nil || s.Present {
		t.Errorf("got %+v, %v", s, err)
	}
}
