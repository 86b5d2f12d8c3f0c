package macos_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/macos"
)

var update = flag.Bool("update", false, "write the expected snapshots anew")

// What is observed of each recorded Mac.
func TestRecordedMacs(t *testing.T) {
	for _, name := range []string{"tahoe", "sequoia-no-rosetta", "ventura-hidden", "sonoma-intel"} {
		t.Run(name, func(t *testing.T) {
			s := load(t, name+".txtar").observe(t)
			got, err := json.MarshalIndent(s, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := "testdata/" + name + ".json"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.TrimSpace(string(want)), string(got)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Serial numbers, the ATR, and software that is not official never get into a
// snapshot.
func TestNothingPrivateIsRecorded(t *testing.T) {
	for _, name := range []string{"tahoe", "sequoia-no-rosetta", "ventura-hidden", "sonoma-intel"} {
		raw, err := json.Marshal(load(t, name+".txtar").observe(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, private := range []string{
			"0123456", "F0000000000", "3b8b80014a", "0123456789ABCDEF", "192.0.2", // serials, ATR, address
			"1Blocker", "BlockerX", "com.example.vault", "com.example.mine", "com.example.other", "libother", "us.zoom",
			"abcdefghijklmnop", "Receiver", "Tastatur", "wireguard",
		} {
			if strings.Contains(string(raw), private) {
				t.Errorf("%s: %q is in the snapshot", name, private)
			}
		}
	}
}

// What stands where an identifier or a version should may be a path, and is
// masked like one.
func TestDriverLinesThatAreNone(t *testing.T) {
	for _, line := range []string{"com.x:1.0(/Users/hanako/d.bundle)", "/Users/hanako/d.bundle", "/Users/hanako:1.0 (/x)", "com.x:hanako's (/x)"} {
		d := macos.ParseDriver(platform.DriverReader, line)
		if d.ID != "" || d.Version != "" || !d.Broken || d.Path == "" {
			t.Errorf("%q: %+v", line, d)
		}
	}
}

// settled are the areas that this package fills in.
var filled = []platform.Area{
	platform.AreaSystem, platform.AreaDevices, platform.AreaDrivers, platform.AreaStore, platform.AreaNetwork,
}

// A Mac that tells nothing is not a healthy one.
func TestNothingIsTold(t *testing.T) {
	s := newMac().observe(t)
	for _, a := range filled {
		if l := s.Look(a); l.OK() || l.Why == "" {
			t.Errorf("%s: %+v", a, *l)
		}
	}
	// Files that are not there are an answer: nothing is installed.
	if !s.Hosts.OK() || len(s.Hosts.List)+len(s.Browsers.List)+len(s.Clients.List) > 0 {
		t.Errorf("found %+v %+v %+v", s.Hosts, s.Browsers, s.Clients)
	}
	if s.Clients.Detail == "" || s.Browsers.Detail == "" {
		t.Error("that processes could not be listed is told nowhere")
	}
}

// Whatever of the outputs is missing, an area either fails or tells less; it
// does not invent.
func TestOutputsCutShort(t *testing.T) {
	whole := load(t, "tahoe.txtar")
	full := whole.observe(t)
	for _, keep := range []int{0, 1, 10, 100, 300, 700, 1200} {
		cut := whole.with(func(_, out string) answer { return answer{out: out[:min(len(out), keep)]} })
		s := cut.observe(t)
		if len(s.Devices.List) > len(full.Devices.List) || len(s.Drivers.List) > len(full.Drivers.List) || len(s.Clients.Processes) > len(full.Clients.Processes) {
			t.Errorf("cut at %d, more is seen than was there: %+v", keep, s)
		}
		if s.Drivers.OK() && len(s.Drivers.SystemReaders) == 0 {
			t.Errorf("cut at %d, the drivers read as a Mac without readers", keep)
		}
		if s.Network.OK() && keep < 100 {
			t.Errorf("cut at %d, the proxies read as none", keep)
		}
	}
}

// Programs that fail must not hide what stands in files.
func TestProgramsFail(t *testing.T) {
	m := load(t, "ventura-hidden.txtar").with(func(string, string) answer { return answer{"broken", 1} })
	s := m.observe(t)
	if s.Drivers.OK() || len(s.Drivers.List) != 3 {
		t.Errorf("drivers: %+v", s.Drivers)
	}
	if len(s.Browsers.List) != 2 || len(s.Browsers.List[1].Policies.Extensions) == 0 {
		t.Errorf("browsers: %+v", s.Browsers)
	}
	if p := s.Browsers.List[0].Profiles; len(p) != 1 || p[0].State != platform.Failed {
		t.Errorf("Safari: %+v", p)
	}
	if s.System.Version != "13.6.9" {
		t.Errorf("system: %+v", s.System)
	}
}

// What macOS refuses says so.
func TestRefused(t *testing.T) {
	m := load(t, "tahoe.txtar")
	for _, path := range []string{
		"Library/Google/Chrome/NativeMessagingHosts", "Users/hanako/Library/Application Support/Google/Chrome",
		"var/db/receipts", "Users/hanako/Library/Containers",
	} {
		m.denied[path] = true
	}
	s := m.observe(t)
	if s.Hosts.State != platform.Refused || s.Hosts.Why != platform.WhyAccessDenied {
		t.Errorf("hosts: %+v", s.Hosts.Look)
	}
	for _, b := range s.Browsers.List {
		if b.State != platform.Refused || b.Why != platform.WhyAccessDenied {
			t.Errorf("%s: %+v", b.Name, b.Look)
		}
	}
	if x := s.Browsers.List[0].Profiles[0].Extensions; len(x) != 1 || !x[0].Enabled {
		t.Errorf("the list of registered extensions was lost: %+v", x)
	}
	// A place that cannot be read leaves open what would be there, and hides
	// nothing of what was found elsewhere.
	if s.Clients.State != platform.Refused || len(s.Clients.List) != 4 || s.Clients.Detail == "" {
		t.Errorf("clients: %+v", s.Clients)
	}
}

// A place for client software that cannot be read leaves open what is in it.
func TestClientsInPlacesThatCannotBeRead(t *testing.T) {
	for place, kept := range map[string]int{"Applications": 3, "usr/local/lib": 3, "Users/hanako/Applications": 5, "Applications/Utilities/JPKI.localized": 4} {
		m := load(t, "tahoe.txtar")
		m.denied[place] = true
		if c := m.observe(t).Clients; c.State != platform.Refused || len(c.List) != kept {
			t.Errorf("%s: %+v with %d clients", place, c.Look, len(c.List))
		}
	}
}

func TestShapesHaveSources(t *testing.T) {
	sections := []section{{name: "arch amd64"}, {name: "file /a"}}
	for about, ok := range map[string]bool{
		"A Mac.\n\nfile /a\n\tshape not seen\n":                              true,
		"A Mac.\n\nfile /a\n\tfacts/os-browser.md section 4\n":               true,
		"A Mac.\n\nfile /a\n\tfrom memory\n":                                 false,
		"A Mac.\n\nfile /a\nshape not seen\n":                                false,
		"A Mac, public code.\n":                                              false,
		"A Mac.\n\nfile /a\n\tpublic code\nrun /usr/bin/b\n\tpublic code.\n": false,
	} {
		if err := sourced(about, sections); (err == nil) != ok {
			t.Errorf("%q: %v", about, err)
		}
	}
}
