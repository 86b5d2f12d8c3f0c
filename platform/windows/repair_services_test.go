package windows_test

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// manager plays the service manager.
type manager struct {
	services   map[string]*platform.Service
	dependents []string
	broken     map[string]error // by what is done: "stop SCardSvr"
	hangs      string           // a service that starts or stops for ever
	dies       string           // a service that stops as soon as it is started
	did        []string
	mu         sync.Mutex // of the services
}

func service(start platform.ServiceStart, status string) *platform.Service {
	return &platform.Service{Look: platform.Seen(), Present: true, Start: start, Status: status, Running: status == "running", Triggers: []string{}}
}

func (m *manager) do(what, name, pending, status string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.did = append(m.did, what+" "+name)
	if err := m.broken[what+" "+name]; err != nil {
		return err
	}
	s := m.services[name]
	if s.Status == status || m.dies == name {
		return nil
	}
	s.Status, s.Running = pending, false
	if m.hangs != name {
		time.AfterFunc(2*time.Second, func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			s.Status, s.Running = status, status == "running"
		})
	}
	return nil
}

func (m *manager) native() *windows.Native {
	return &windows.Native{
		Service: func(name string) (platform.Service, error) {
			m.mu.Lock()
			defer m.mu.Unlock()
			if s := m.services[name]; s != nil {
				return *s, nil
			}
			return platform.Service{}, nil
		},
		Actions: windows.Actions{
			StartService: func(name string) error { return m.do("start", name, "start-pending", "running") },
			StopService:  func(name string) error { return m.do("stop", name, "stop-pending", "stopped") },
			SetServiceStart: func(name string, start platform.ServiceStart) error {
				m.did = append(m.did, fmt.Sprint(start, " ", name))
				m.services[name].Start = start
				return nil
			},
			Dependents: func(string) ([]string, error) { return m.dependents, nil },
		},
	}
}

func TestPlanService(t *testing.T) {
	manual, disabled := service(platform.StartManual, "running"), service(platform.StartDisabled, "stopped")
	unseen := &platform.Service{}
	for _, tt := range []struct {
		name       string
		repair     platform.Repair
		service    *platform.Service
		readers    []windows.DeviceRecord
		dependents []string
		want       platform.RepairPlan
		why        platform.RepairWhy
	}{
		{name: "restart", repair: platform.RestartService("SCardSvr"), service: manual, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "SCardSvr", Start: platform.StartManual, Running: true}}, Heed: []platform.Heeding{platform.HeedCardsOfAll},
		}},
		{name: "restart with others", repair: platform.RestartService("SCardSvr"), service: manual, dependents: []string{"SecondSvc", "FirstSvc"}, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "SCardSvr", Start: platform.StartManual, Running: true, Others: []string{"SecondSvc", "FirstSvc"}}},
			Heed:    []platform.Heeding{platform.HeedCardsOfAll},
		}},
		{name: "start", repair: platform.RestartService("SCardSvr"), service: service(platform.StartManual, "stopped"), dependents: []string{"NoSvc"}, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "SCardSvr", Start: platform.StartManual}},
		}},
		{name: "restart what is disabled", repair: platform.RestartService("SCardSvr"), service: disabled, want: platform.RepairPlan{
			First: []platform.Repair{platform.EnableService("SCardSvr")},
		}},
		{name: "enable", repair: platform.EnableService("CertPropSvc"), service: disabled, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "CertPropSvc", Start: platform.StartDisabled, Starts: true, Undoable: true, Back: platform.DisableService("CertPropSvc")}},
		}},
		{name: "enable what waits for a reader", repair: platform.EnableService("SCardSvr"), service: disabled, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "SCardSvr", Start: platform.StartDisabled, Undoable: true, Back: platform.DisableService("SCardSvr")}},
		}},
		{name: "enable what has a reader", repair: platform.EnableService("SCardSvr"), service: disabled, readers: []windows.DeviceRecord{rcs300()}, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "SCardSvr", Start: platform.StartDisabled, Starts: true, Undoable: true, Back: platform.DisableService("SCardSvr")}},
		}},
		{name: "enable what starts on demand", repair: platform.EnableService("ScDeviceEnum"), service: disabled, readers: []windows.DeviceRecord{rcs300()}, want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "ScDeviceEnum", Start: platform.StartDisabled, Undoable: true, Back: platform.DisableService("ScDeviceEnum")}},
		}},
		{name: "enabled", repair: platform.EnableService("ScDeviceEnum"), service: manual, why: platform.RepairNothing},
		{name: "stop", repair: platform.StopService("PcaSvc"), service: service(platform.StartAutomatic, "running"), want: platform.RepairPlan{
			Changes: []platform.Change{{Service: "PcaSvc", Start: platform.StartAutomatic, Running: true, Undoable: true, Back: platform.StartService("PcaSvc")}},
			Heed:    []platform.Heeding{platform.HeedUntilRestart},
		}},
		{name: "stopped", repair: platform.StopService("PcaSvc"), service: disabled, why: platform.RepairNothing},
		{name: "absent", repair: platform.StopService("PcaSvc"), why: platform.RepairNotHere},
		{name: "of another system", repair: platform.RestartService("pcscd"), service: manual, why: platform.RepairNotHere},
		{name: "not seen", repair: platform.EnableService("SCardSvr"), service: unseen, why: platform.RepairFailed},
		{name: "an undoing", repair: platform.DisableService("SCardSvr"), service: manual, why: platform.RepairNotHere},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := manager{services: map[string]*platform.Service{tt.repair.Target(): tt.service}, dependents: tt.dependents}
			o := options(newRegFile(t), nil)
			o.Native = m.native()
			o.Native.Devices = attachedDevices(tt.readers...)
			if tt.service == unseen {
				o.Native.Service = func(string) (platform.Service, error) { return platform.Service{}, errors.New("no answer") }
			}
			p, err := windows.New(o).PlanRepair(t.Context(), tt.repair, platform.Snapshot{})
			wantWhy(t, err, tt.why)
			tt.want.Repair = tt.repair
			for i := range tt.want.Changes {
				tt.want.Changes[i].Kind, tt.want.Changes[i].Do = platform.ChangeElevated, tt.repair
			}
			if d := cmp.Diff(tt.want, p, sameRepair); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if m.did != nil {
				t.Errorf("planning did %v", m.did)
			}
		})
	}
}

func TestElevatedServices(t *testing.T) {
	const manual, disabled, automatic = platform.StartManual, platform.StartDisabled, platform.StartAutomatic
	for _, tt := range []struct {
		name       string
		repair     platform.Repair
		start      platform.ServiceStart
		status     string
		readers    []windows.DeviceRecord
		dependents []string
		broken     map[string]error
		hangs      bool
		dies       bool
		did        []string
		why        platform.RepairWhy
	}{
		{name: "restart", repair: platform.RestartService("SCardSvr"), start: manual, status: "running", did: []string{"stop SCardSvr", "start SCardSvr"}},
		{name: "start", repair: platform.RestartService("SCardSvr"), start: manual, status: "stopped", did: []string{"start SCardSvr"}},
		{
			name: "restart with others", repair: platform.RestartService("SCardSvr"), start: manual, status: "running",
			dependents: []string{"SecondSvc", "FirstSvc"},
			did:        []string{"stop SecondSvc", "stop FirstSvc", "stop SCardSvr", "start SCardSvr", "start FirstSvc", "start SecondSvc"},
		},
		{
			name: "another does not stop", repair: platform.RestartService("SCardSvr"), start: manual, status: "running",
			dependents: []string{"SecondSvc", "FirstSvc"}, broken: map[string]error{"stop FirstSvc": fs.ErrPermission},
			did: []string{"stop SecondSvc", "stop FirstSvc", "start FirstSvc", "start SecondSvc"}, why: platform.RepairDenied,
		},
		{
			name: "another does not start again", repair: platform.RestartService("SCardSvr"), start: manual, status: "running",
			dependents: []string{"SecondSvc", "FirstSvc"}, broken: map[string]error{"start FirstSvc": errors.New("logon failure")},
			did: []string{"stop SecondSvc", "stop FirstSvc", "stop SCardSvr", "start SCardSvr", "start FirstSvc", "start SecondSvc"}, why: platform.RepairFailed,
		},
		// Windows may say of anything that it is not supported; what was begun was begun.
		{
			name: "enabled, and cannot be started", repair: platform.EnableService("CertPropSvc"), start: disabled, status: "stopped",
			broken: map[string]error{"start CertPropSvc": errors.ErrUnsupported}, did: []string{"manual CertPropSvc", "start CertPropSvc"}, why: platform.RepairFailed,
		},
		{
			name: "disabled, and cannot be stopped", repair: platform.DisableService("SCardSvr"), start: manual, status: "running",
			broken: map[string]error{"stop SCardSvr": errors.ErrUnsupported}, did: []string{"disabled SCardSvr", "stop SCardSvr"}, why: platform.RepairFailed,
		},
		{
			name: "stopped, and cannot be started", repair: platform.RestartService("SCardSvr"), start: manual, status: "running",
			broken: map[string]error{"start SCardSvr": errors.ErrUnsupported}, did: []string{"stop SCardSvr", "start SCardSvr"}, why: platform.RepairFailed,
		},
		{
			name: "cannot be stopped", repair: platform.RestartService("SCardSvr"), start: manual, status: "running",
			broken: map[string]error{"stop SCardSvr": errors.ErrUnsupported}, did: []string{"stop SCardSvr"}, why: platform.RepairNotHere,
		},
		{
			name: "hangs", repair: platform.RestartService("SCardSvr"), start: manual, status: "running", hangs: true,
			did: []string{"stop SCardSvr"}, why: platform.RepairTimedOut,
		},
		{name: "was disabled meanwhile", repair: platform.RestartService("SCardSvr"), start: disabled, status: "stopped", why: platform.RepairChanged},
		{
			name: "enable with a reader", repair: platform.EnableService("SCardSvr"), start: disabled, status: "stopped",
			readers: []windows.DeviceRecord{rcs300()}, did: []string{"manual SCardSvr", "start SCardSvr"},
		},
		{name: "enable without a reader", repair: platform.EnableService("SCardSvr"), start: disabled, status: "stopped", did: []string{"manual SCardSvr"}},
		{
			name: "was enabled, not started", repair: platform.EnableService("SCardSvr"), start: manual, status: "stopped",
			readers: []windows.DeviceRecord{rcs300()}, did: []string{"start SCardSvr"},
		},
		{name: "enable for certificates", repair: platform.EnableService("CertPropSvc"), start: disabled, status: "stopped", did: []string{"manual CertPropSvc", "start CertPropSvc"}},
		{name: "enable what runs on demand", repair: platform.EnableService("ScDeviceEnum"), start: disabled, status: "stopped", did: []string{"manual ScDeviceEnum"}},
		{name: "was enabled", repair: platform.EnableService("ScDeviceEnum"), start: manual, status: "stopped", why: platform.RepairNothing},
		{name: "disable", repair: platform.DisableService("SCardSvr"), start: manual, status: "running", did: []string{"disabled SCardSvr", "stop SCardSvr"}},
		{name: "disable what does not run", repair: platform.DisableService("SCardSvr"), start: manual, status: "stopped", did: []string{"disabled SCardSvr"}},
		{name: "is disabled and runs", repair: platform.DisableService("SCardSvr"), start: disabled, status: "running", did: []string{"stop SCardSvr"}},
		{name: "was disabled", repair: platform.DisableService("SCardSvr"), start: disabled, status: "stopped", why: platform.RepairNothing},
		{name: "stop", repair: platform.StopService("PcaSvc"), start: automatic, status: "running", dependents: []string{"other"}, did: []string{"stop PcaSvc"}},
		{name: "was stopped", repair: platform.StopService("PcaSvc"), start: automatic, status: "stopped", why: platform.RepairNothing},
		{name: "start again", repair: platform.StartService("PcaSvc"), start: automatic, status: "stopped", did: []string{"start PcaSvc"}},
		{name: "runs again", repair: platform.StartService("PcaSvc"), start: automatic, status: "running", why: platform.RepairNothing},
		{name: "may not be stopped", repair: platform.StopService("PcaSvc"), start: automatic, status: "running", broken: map[string]error{"stop PcaSvc": fs.ErrPermission}, did: []string{"stop PcaSvc"}, why: platform.RepairDenied},
		{name: "stops again", repair: platform.StartService("PcaSvc"), start: automatic, status: "stopped", dies: true, did: []string{"start PcaSvc"}, why: platform.RepairFailed},
		{name: "no elevated repair", repair: platform.ClearSSLState(), start: manual, why: platform.RepairNotHere},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := manager{services: map[string]*platform.Service{tt.repair.Target(): service(tt.start, tt.status)}, dependents: tt.dependents, broken: tt.broken}
				for _, name := range tt.dependents {
					m.services[name] = service(manual, "running")
				}
				if tt.hangs {
					m.hangs = tt.repair.Target()
				}
				o := options(newRegFile(t), nil)
				o.Native = m.native()
				o.Native.Devices = attachedDevices(tt.readers...)
				if tt.dies {
					m.dies = tt.repair.Target()
				}
				begun := time.Now()
				wantWhy(t, windows.New(o).Elevated(t.Context(), tt.repair), tt.why)
				if d := cmp.Diff(tt.did, m.did); d != "" {
					t.Errorf("(-want +got):\n%s", d)
				}
				if took := time.Since(begun); took > time.Minute {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}
