package windows_test

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// observed looks at one area of the computer that runs the test.
func observed(t *testing.T, area platform.Area) platform.Snapshot {
	t.Helper()
	s := windows.New(windows.Options{}).Look(t.Context(), area)
	t.Logf("%s took %+v", area, *s.Look(area))
	return s
}

func TestSystemOfThisComputer(t *testing.T) {
	s := observed(t, platform.AreaSystem).System
	t.Logf("%+v", s)
	if !s.OK() || s.OS != "windows" || s.Name == "" || s.Version == "" || s.Arch == "" || s.CodePage == 0 {
		t.Errorf("got %+v", s)
	}
}

func TestSystemOnWine(t *testing.T) {
	onWine(t)
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Windows NT\CurrentVersion`, registry.ALL_ACCESS)
	must(t, err)
	t.Cleanup(func() { k.Close() })
	setValue(t, k, "EditionID", "Professional")
	setValue(t, k, "DisplayVersion", "22H2")
	s := observed(t, platform.AreaSystem).System
	want := platform.System{OS: "windows", Name: "Windows 10", Edition: "Professional", Release: "22H2", Version: "10.0.18362", Arch: "amd64", CodePage: 932}
	got := s
	got.Look, got.TimeZone, got.UTCOffset = platform.Look{}, "", 0
	if !s.OK() || got != want {
		t.Errorf("got %+v", s)
	}
	if s.TimeZone == "" {
		t.Error("no time zone")
	}
}

// setValue sets a text and puts back what was there.
func setValue(t *testing.T, k registry.Key, name, text string) {
	t.Helper()
	before, _, err := k.GetStringValue(name)
	existed := err == nil
	must(t, k.SetStringValue(name, text))
	t.Cleanup(func() {
		if existed {
			err = k.SetStringValue(name, before)
		} else {
			err = k.DeleteValue(name)
		}
		if err != nil {
			t.Error(err)
		}
	})
}

// What Windows answers and what the registry says are two ways to one answer.
func TestSystemOfThisComputerTwice(t *testing.T) {
	all := observed(t, platform.AreaSystem).System
	registryOnly := windows.New(windows.Options{Native: &windows.Native{}}).Look(t.Context(), platform.AreaSystem).System
	if registryOnly.Name != all.Name || registryOnly.CodePage != all.CodePage || registryOnly.Arch != all.Arch {
		t.Errorf("got %+v from the registry, %+v from Windows", registryOnly, all)
	}
	nativeOnly := windows.New(windows.Options{Registry: newRegFile(t)}).Look(t.Context(), platform.AreaSystem).System
	if nativeOnly.Version != all.Version || nativeOnly.CodePage != all.CodePage || nativeOnly.Arch != all.Arch {
		t.Errorf("got %+v from Windows without a registry, %+v with one", nativeOnly, all)
	}
}

func TestNetworkOnWine(t *testing.T) {
	onWine(t)
	k, err := registry.OpenKey(registry.CURRENT_USER, `Software\Microsoft\Windows\CurrentVersion\Internet Settings`, registry.ALL_ACCESS)
	must(t, err)
	t.Cleanup(func() { k.Close() })
	enabled, _, _ := k.GetIntegerValue("ProxyEnable")
	must(t, k.SetDWordValue("ProxyEnable", 1))
	t.Cleanup(func() { must(t, k.SetDWordValue("ProxyEnable", uint32(enabled))) })
	setValue(t, k, "ProxyServer", "proxy.base.oqs-pdl.org:8080")
	setValue(t, k, "ProxyOverride", "*.院内;<local>")
	setValue(t, k, "AutoConfigURL", "http://院内.example/proxy.pac")
	want := []platform.Proxy{
		{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyPAC, PAC: "http://院内.example/proxy.pac"},
		{
			Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual,
			Server: "proxy.base.oqs-pdl.org:8080", Bypass: "*.院内;<local>", Known: "oqs",
		},
	}
	n := windows.New(windows.Options{Native: &windows.Native{}}).Look(t.Context(), platform.AreaNetwork).Network
	if diff := cmp.Diff(want, n.Proxies[:min(2, len(n.Proxies))], noDetail); diff != "" || !n.OK() {
		t.Error(diff)
	}
}

// Windows itself keeps the settings in values of bytes, and answers from them.
func TestNetworkFromWine(t *testing.T) {
	onWine(t)
	const path, manual, pac = `Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections`, 2, 4
	user := makeKey(t, registry.CURRENT_USER, path, 0)
	machine := makeKey(t, registry.LOCAL_MACHINE, path, 0)
	setConnection(t, user, "DefaultConnectionSettings", 0x46, manual|pac,
		"proxy.base.oqs-pdl.org:8080", "*.example;<local>", "http://example/proxy.pac")
	setConnection(t, machine, "WinHttpSettings", 0x18, manual, "proxy.example:80", "<local>")
	want := platform.Network{Look: platform.Seen(), Proxies: []platform.Proxy{
		{Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyPAC, PAC: "http://example/proxy.pac"},
		{
			Look: platform.Seen(), Source: platform.ProxyUser, Mode: platform.ProxyManual,
			Server: "proxy.base.oqs-pdl.org:8080", Bypass: "*.example;<local>", Known: "oqs",
		},
		{Look: platform.Seen(), Source: platform.ProxyMachine, Mode: platform.ProxyManual, Server: "proxy.example:80", Bypass: "<local>"},
	}}
	if diff := cmp.Diff(want, observed(t, platform.AreaNetwork).Network); diff != "" {
		t.Error(diff)
	}
}

// setConnection writes settings as Windows lays them out: a version, a
// counter, which Wine wants to be 0, flags, and texts after their lengths.
func setConnection(t *testing.T, k registry.Key, name string, version, flags uint32, texts ...string) {
	t.Helper()
	raw := binary.LittleEndian.AppendUint32(nil, version)
	raw = binary.LittleEndian.AppendUint32(raw, 0)
	raw = binary.LittleEndian.AppendUint32(raw, flags)
	for _, text := range texts {
		raw = append(binary.LittleEndian.AppendUint32(raw, uint32(len(text))), text...)
	}
	before, _, err := k.GetBinaryValue(name)
	existed := err == nil
	must(t, k.SetBinaryValue(name, append(raw, make([]byte, 32)...)))
	t.Cleanup(func() {
		if existed {
			must(t, k.SetBinaryValue(name, before))
		} else {
			must(t, k.DeleteValue(name))
		}
	})
}

func TestNetworkOfThisComputer(t *testing.T) {
	n := observed(t, platform.AreaNetwork).Network
	t.Logf("%+v", n)
	if !n.OK() || len(n.Proxies) < 2 {
		t.Errorf("got %+v", n)
	}
}

func TestSecurityOfThisComputer(t *testing.T) {
	s := observed(t, platform.AreaSecurity).Security
	t.Logf("%+v", s)
	if !s.OK() {
		t.Errorf("got %+v", s)
	}
}

// Wine has no security center. Its WMI answers that there is none, or now and
// then nothing at all.
func TestSecurityOnWine(t *testing.T) {
	onWine(t)
	k := makeKey(t, registry.CURRENT_USER, `Software\Microsoft\Windows\CurrentVersion\Uninstall\試験 Rapport`, 0)
	must(t, k.SetStringValue("DisplayName", "Trusteer Rapport 試験"))
	s := observed(t, platform.AreaSecurity).Security
	want := platform.SecurityProduct{Name: "Trusteer Rapport 試験", Family: "rapport", Source: platform.SecurityInstaller}
	if s.Center.State != platform.Failed || s.Center.Detail == "" || !slices.Contains(s.Products, want) {
		t.Errorf("got %+v", s)
	}
	t.Log(s.Center.Detail)
}

// askWMI skips the test when WMI hangs, which is why the area does not wait for
// it either.
func askWMI(t *testing.T, namespace, class string, properties ...string) (rows [][]any, err error) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		rows, err = windows.QueryWMI(t.Context(), namespace, class, properties...)
	}()
	select {
	case <-done:
		return rows, err
	case <-time.After(time.Minute):
		t.Skip("WMI does not answer")
		return nil, nil
	}
}

func TestWMI(t *testing.T) {
	rows, err := askWMI(t, `root\cimv2`, "Win32_OperatingSystem", "Caption", "OSType")
	if err != nil || len(rows) != 1 {
		t.Fatalf("got %v, %v", rows, err)
	}
	caption, isText := rows[0][0].(string)
	if !isText || caption == "" {
		t.Errorf("caption: got %#v", rows[0][0])
	}
	if _, ok := rows[0][1].(int32); !ok {
		t.Errorf("type: got %#v", rows[0][1])
	}
	for _, wrong := range [][2]string{{`root\none`, "Win32_OperatingSystem"}, {`root\cimv2`, "None"}} {
		rows, err := askWMI(t, wrong[0], wrong[1], "Caption")
		t.Log(err)
		if len(rows) > 0 {
			t.Errorf("%s: got %v", wrong, rows)
		}
	}
}
