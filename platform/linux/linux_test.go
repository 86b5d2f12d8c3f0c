package linux_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/linux"
)

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func link(to string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(to), Mode: fs.ModeSymlink}
}

// debian is a Debian desktop with pcscd waiting for its socket, a reader, and
// Chromium with two profiles. The shapes are those of a Debian 12 system.
func debian() fstest.MapFS {
	usb := "sys/bus/usb/devices/"
	return fstest.MapFS{
		"etc/os-release": file("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\n# end\n"),
		"usr/sbin/pcscd": file(""),
		"etc/systemd/system/sockets.target.wants/pcscd.socket": link("/lib/systemd/system/pcscd.socket"),

		"proc/1/status":                       file("Name:\tsystemd\nUid:\t0\t0\t0\t0\n"),
		"proc/50/status":                      file("Name:\tpcscd\nUid:\t0\t0\t0\t0\n"),
		"proc/60/status":                      file("Name:\tchromium\nUid:\t1000\t1000\t1000\t1000\n"),
		"proc/61/status":                      file("Name:\tchromium\nUid:\t1001\t1001\t1001\t1001\n"),
		"proc/self":                           link("60"),
		"usr/bin/chromium":                    file(""),
		"home/a/.config/chromium/Local State": file(`{"profile":{"info_cache":{"Default":{},"Profile 1":{}},"last_used":"Default"}}`),
		"home/a/.config/chromium/Default/Preferences":   file(`{}`),
		"home/a/.config/chromium/Profile 1/Preferences": file(`{}`),

		usb + "1-2/idVendor":                file("054c\n"),
		usb + "1-2/idProduct":               file("0dc9\n"),
		usb + "1-2/product":                 file("FeliCa Port/PaSoRi 4.0\n"),
		usb + "1-2:1.0/bInterfaceClass":     file("0b\n"),
		usb + "1-2:1.0/driver":              link("../../../bus/usb/drivers/usbfs"),
		usb + "1-3/idVendor":                file("046d\n"),
		usb + "1-3/idProduct":               file("c52b\n"),
		usb + "1-3:1.0/bInterfaceClass":     file("03\n"),
		usb + "1-4/idVendor":                file("054c\n"),
		usb + "1-4/idProduct":               file("06c1\n"),
		"sys/class/nfc/nfc0/phys":           file(""),
		"sys/bus/pci/devices/0000:00/class": file(""),
	}
}

func observe(t *testing.T, root fs.FS, env map[string]string) platform.Snapshot {
	t.Helper()
	c := linux.New(linux.Options{
		Root: root, UID: 1000, Home: "home/a", Arch: "amd64",
		Getenv: func(k string) string { return env[k] },
	})
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range platform.Areas {
		s.Look(a).TookMS = 0
	}
	return s
}

func TestDebian(t *testing.T) {
	got := observe(t, debian(), nil)
	want := platform.Snapshot{
		Schema: got.Schema, Taken: got.Taken, Readers: got.Readers, Cards: got.Cards,
		System:   platform.System{Look: platform.Seen(), OS: "linux", Name: "Debian GNU/Linux 12 (bookworm)", Version: "12", Arch: "amd64"},
		Services: platform.Services{Look: platform.Seen(), List: []platform.Service{{Look: platform.Seen(), Name: "pcscd", Present: true, Running: true, Start: platform.StartManual}}},
		Devices: platform.Devices{Look: platform.Seen(), List: []platform.Device{
			{Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "FeliCa Port/PaSoRi 4.0", Class: platform.ClassCCID, Driver: "usbfs"},
			{Bus: "usb", Vendor: "054c", Product: "06c1", Name: "Sony RC-S380", Class: platform.ClassKnownReader},
			{Bus: "nfc", Name: "nfc0", Class: platform.ClassNFC},
		}},
		Browsers: platform.Browsers{Look: platform.Seen(), List: []platform.Browser{{Look: platform.Seen(), Name: platform.BrowserChromium, Running: 1, Profiles: []platform.Profile{{Look: platform.Seen(), Folder: "Default", LastUsed: true}, {Look: platform.Seen(), Folder: "Profile 1"}}}}},
		Drivers:  platform.Drivers{Look: platform.Absent()},
		Hosts:    platform.Hosts{Look: platform.Absent()},
		Clients:  platform.Clients{Look: platform.Absent()},
		Store:    platform.Store{Look: platform.Absent()},
		Network:  platform.Network{Look: platform.Absent()},
		Security: platform.Security{Look: platform.Absent()},
		Online:   platform.Online{Look: platform.NotAsked()},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestServiceStart(t *testing.T) {
	socket := "etc/systemd/system/sockets.target.wants/pcscd.socket"
	tests := []struct {
		name   string
		change func(fstest.MapFS)
		want   platform.ServiceStart
	}{
		{"socket enabled", func(fstest.MapFS) {}, platform.StartManual},
		{"masked", func(f fstest.MapFS) { f["etc/systemd/system/pcscd.socket"] = link("/dev/null") }, platform.StartDisabled},
		{"service enabled", func(f fstest.MapFS) {
			delete(f, socket)
			f["etc/systemd/system/multi-user.target.wants/pcscd.service"] = link("/lib/systemd/system/pcscd.service")
		}, platform.StartAutomatic},
		{"no systemd", func(f fstest.MapFS) { delete(f, socket) }, platform.StartUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := debian()
			tt.change(root)
			if got := observe(t, root, nil).Services.List[0].Start; got != tt.want {
				t.Errorf("start %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRemoteSessions(t *testing.T) {
	for name, kind := range map[string]string{"SSH_CONNECTION": "ssh", "XRDP_SESSION": "rdp"} {
		s := observe(t, debian(), map[string]string{name: "1"}).System
		if !s.Remote || s.RemoteKind != kind {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// What cannot be looked at says so, and an empty tree is not a healthy computer.
func TestEmptyTree(t *testing.T) {
	s := observe(t, fstest.MapFS{}, nil)
	for _, a := range []platform.Area{platform.AreaSystem, platform.AreaServices, platform.AreaDevices, platform.AreaBrowsers} {
		if l := s.Look(a); l.OK() || l.Why == "" {
			t.Errorf("%s: %+v", a, *l)
		}
	}
}
