package macos_test

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"yomitori/platform"
	"yomitori/platform/macos"
)

// FuzzOutputs gives every parser of what programs write the same bytes: none
// may fall, and what comes out is bounded and printable.
func FuzzOutputs(f *testing.F) {
	for _, name := range recordings(f) {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, sections := split(string(raw))
		for _, s := range sections {
			f.Add([]byte(s.text))
		}
	}
	f.Fuzz(func(t *testing.T, out []byte) {
		drivers, _ := macos.ParseSmartCards(out)
		for _, d := range drivers.List {
			check(t, d.ID, d.Version, d.Path)
		}
		for _, r := range drivers.SystemReaders {
			check(t, r.Name)
		}
		devices, _ := macos.Registry(out)
		more, _ := macos.USBReport(out, "SPUSBHostDataType")
		for _, d := range append(devices, more...) {
			check(t, d.Name)
			if len(d.Vendor) != 4 || len(d.Product) != 4 || d.Class == "" {
				t.Errorf("device %+v", d)
			}
		}
		for _, x := range macos.Plugins(out) {
			check(t, x.ID, x.Version)
		}
		if settings, err := macos.ParseDictionary(out); err == nil {
			for _, p := range macos.Proxies(settings) {
				check(t, p.Server, p.Bypass, p.PAC)
			}
		}
		for _, v := range macos.ParseVPNs(out) {
			check(t, v.Name, v.Kind)
		}
		macos.Processes(out, 501)
		macos.ParsePEM(out)
	})
}

// FuzzFiles does the same for what stands in files.
func FuzzFiles(f *testing.F) {
	f.Add(machO("amd64", "arm64"))
	f.Add(machO("amd64"))
	f.Add(binaryPlist([][]byte{{0xd1, 0, 1, 0, 2}, {0x54, 'T', 'e', 'x', 't'}, {0x51, 'x'}}))
	f.Add(binaryPlist(chain(20, 2)))
	f.Add([]byte(`<plist><dict><key>ExtensionSettings</key><dict><key>*</key><dict/></dict></dict></plist>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, _ = macos.MachOArch(raw)
		_, _ = macos.PlistText(raw)
		_, _ = macos.PlistPolicies(raw)
		_, _ = macos.Registry(raw)
	})
}

func check(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if len(s) > platform.LongestText || !utf8.ValidString(s) || platform.Printable(s, platform.LongestText) != s {
			t.Errorf("not fit to be shown: %q", s)
		}
	}
}

func recordings(f *testing.F) []string {
	f.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatalf("no recordings: %v", err)
	}
	return names
}
