package windows_test

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const servicesRegistry = `
[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SCardSvr]
"Start"=dword:00000004

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SCardSvr\TriggerInfo\0]
"Type"=dword:00000001
"Action"=dword:00000001
"GUID"=hex:00,01

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SCardSvr\TriggerInfo\1]
"Type"=dword:00000014
"Action"=dword:00000001

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SCardSvr\TriggerInfo\2]
"Type"=dword:00000005
"Action"=dword:00000002

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\CertPropSvc]
"Start"="broken"
`

func TestServices(t *testing.T) {
	refused := func(string) (platform.Service, error) { return platform.Service{}, fs.ErrPermission }
	running := platform.Service{Present: true, Running: true, Status: "running", Start: platform.StartManual, Triggers: []string{"device-arrival"}}
	seen := func(s platform.Service, name string) platform.Service {
		s.Name, s.Look = name, platform.Seen()
		return s
	}
	for _, c := range []struct {
		name     string
		registry string
		native   func(string) (platform.Service, error)
		want     platform.Service // SCardSvr
		area     platform.State
	}{
		{
			"service manager knows", "",
			func(string) (platform.Service, error) { return running, nil },
			seen(running, "SCardSvr"), platform.Observed,
		},
		{
			"registry fills in", servicesRegistry,
			func(string) (platform.Service, error) {
				return platform.Service{Present: true, Status: "stopped"}, nil
			},
			seen(platform.Service{Present: true, Status: "stopped", Start: platform.StartDisabled, Triggers: []string{"device-arrival", "20"}}, "SCardSvr"),
			platform.Observed,
		},
		{
			"service manager refuses", servicesRegistry, refused,
			platform.Service{
				Look: platform.Failure(platform.WhyAccessDenied, nil), Name: "SCardSvr", Present: true,
				Start: platform.StartDisabled, Triggers: []string{"device-arrival", "20"},
			},
			platform.Observed,
		},
		{
			"absent", "",
			func(string) (platform.Service, error) { return platform.Service{}, nil },
			platform.Service{Look: platform.Seen(), Name: "SCardSvr"},
			platform.Observed,
		},
		{
			"nothing answers", "", refused,
			platform.Service{Look: platform.Failure(platform.WhyAccessDenied, nil), Name: "SCardSvr"},
			platform.Refused,
		},
		{
			"one is refused", "",
			func(name string) (platform.Service, error) {
				if name == "SCardSvr" {
					return refused(name)
				}
				return running, nil
			},
			platform.Service{Look: platform.Failure(platform.WhyAccessDenied, nil), Name: "SCardSvr"},
			platform.Observed,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := look(t, platform.AreaServices, newRegFile(t, c.registry), windows.Native{Service: c.native}).Services
			if got.State != c.area || len(got.List) != 5 {
				t.Errorf("area: got %+v", got)
			}
			if diff := cmp.Diff(&c.want, got.Find("SCardSvr"), noDetail); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestServicesWithBrokenRegistry(t *testing.T) {
	stopped := func(string) (platform.Service, error) { return platform.Service{Present: true}, nil }
	got := look(t, platform.AreaServices, newRegFile(t, servicesRegistry), windows.Native{Service: stopped}).Services
	s := got.Find("CertPropSvc")
	if !s.OK() || s.Start != platform.StartUnknown || s.Detail == "" {
		t.Errorf("got %+v", s)
	}
}

func TestStatusOf(t *testing.T) {
	for state, want := range map[uint32]string{0: "", 1: "stopped", 4: "running", 7: "paused", 8: "", 1 << 31: ""} {
		if got, running := windows.StatusOf(state); got != want || running != (want == "running") {
			t.Errorf("%d: got %q, %v", state, got, running)
		}
	}
}

// triggerInfo lays a SERVICE_TRIGGER_INFO out as Windows does.
func triggerInfo(word int, base uint64, triggers ...[2]uint32) []byte {
	pointer := func(raw []byte, p uint64) []byte {
		if word == 8 {
			return binary.LittleEndian.AppendUint64(raw, p)
		}
		return binary.LittleEndian.AppendUint32(raw, uint32(p))
	}
	raw := make([]byte, word)
	binary.LittleEndian.PutUint32(raw, uint32(len(triggers)))
	raw = pointer(pointer(raw, base+uint64(3*word)), 0)
	for _, t := range triggers {
		raw = binary.LittleEndian.AppendUint32(raw, t[0])
		raw = binary.LittleEndian.AppendUint32(raw, t[1])
		raw = pointer(pointer(pointer(raw, base), 0), 0)
	}
	return raw
}

func TestParseTriggers(t *testing.T) {
	for _, word := range []int{4, 8} {
		base := uint64(0x7F00_0000)
		raw := triggerInfo(word, base, [2]uint32{1, 1}, [2]uint32{20, 2}, [2]uint32{1, 1}, [2]uint32{6, 1})
		got, err := windows.ParseTriggers(raw, base, word)
		if diff := cmp.Diff([]string{"device-arrival", "6"}, got); diff != "" || err != nil {
			t.Errorf("%d: %v %s", word, err, diff)
		}
		if got, err := windows.ParseTriggers(triggerInfo(word, base), base, word); got == nil || len(got) > 0 || err != nil {
			t.Errorf("%d, none: got %q, %v", word, got, err)
		}
		for n := range len(raw) {
			if _, err := windows.ParseTriggers(raw[:n], base, word); err == nil && n < 3*word {
				t.Errorf("%d, cut to %d bytes: no error", word, n)
			}
		}
		for _, wrong := range []uint64{0, base - 1, base + 1<<20} {
			if _, err := windows.ParseTriggers(raw, wrong, word); err == nil && wrong != base-1 {
				t.Errorf("%d, at %#x: no error", word, wrong)
			}
		}
	}
}

func FuzzParseTriggers(f *testing.F) {
	f.Add(triggerInfo(8, 64, [2]uint32{1, 1}), uint64(64), true)
	f.Add([]byte{255, 255, 255, 255}, uint64(0), false)
	f.Fuzz(func(t *testing.T, raw []byte, base uint64, wide bool) {
		word := 4
		if wide {
			word = 8
		}
		if list, _ := windows.ParseTriggers(raw, base, word); len(list) > 64 {
			t.Error(fmt.Sprint(len(list), " triggers"))
		}
	})
}
