package macos_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"howett.net/plist"

	"yomitori/platform"
	"yomitori/platform/macos"
)

func TestDriverLines(t *testing.T) {
	for line, want := range map[string]platform.Driver{
		"com.a.b:1.2 (/usr/libexec/x.bundle)":           {ID: "com.a.b", Version: "1.2", Path: "/usr/libexec/x.bundle", Apple: true},
		"com.a.b:1.2 (/Library/Ein Treiber (2).bundle)": {ID: "com.a.b", Version: "1.2", Path: "/Library/Ein Treiber (2).bundle"},
		"(null):(null)":           {Broken: true},
		"(null):(null) (/x/y)":    {Broken: true, Path: "/x/y"},
		"com.a.b:(null) (/x/y)":   {ID: "com.a.b", Broken: true, Path: "/x/y"},
		"com.a.b:1.0":             {ID: "com.a.b", Version: "1.0"},
		"com.apple.x:1.0":         {ID: "com.apple.x", Version: "1.0", Apple: true},
		"no colon":                {Path: "no colon", Broken: true},
		"":                        {Broken: true},
		"com.a.b:1.0 (relative/)": {Path: "com.a.b:1.0 (relative/)", Broken: true},
	} {
		report := fmt.Sprintf(`{"SPSmartCardsDataType":[{"_name":"READERS_DRIVERS","#01":%q}]}`, line)
		got, err := macos.ParseSmartCards([]byte(report))
		want.Kind = platform.DriverReader
		if d := cmp.Diff([]platform.Driver{want}, got.List); d != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", line, err, d)
		}
	}
}

func TestSmartCardReports(t *testing.T) {
	for name, report := range map[string]string{
		"empty": "", "cut": `{"SPSmartCardsDataType":[{"_name":"READERS"`, "no section": `{"SPUSBDataType":[]}`,
		"no known section": `{"SPSmartCardsDataType":[{"_name":"LESER"},{"_name":7},{}]}`, "not JSON": "<plist/>",
		"another shape": `{"SPSmartCardsDataType":{"_name":"READERS"}}`, "deep": strings.Repeat("[", 100000),
	} {
		if d, err := macos.ParseSmartCards([]byte(report)); err == nil {
			t.Errorf("%s: read as %+v", name, d)
		}
	}
	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, `,"#%02d":"reader %d (ATR:{length = 1, bytes = 0x3b})"`, i, i)
	}
	d, err := macos.ParseSmartCards([]byte(`{"SPSmartCardsDataType":[{"_name":"READERS"` + many.String() + `}]}`))
	if err != nil || len(d.SystemReaders) != 256 || d.SystemReaders[100].Name != "reader 100" {
		t.Errorf("%d readers, %v", len(d.SystemReaders), err)
	}
}

func TestProcessLines(t *testing.T) {
	out := strings.Join([]string{
		"  10     1   501    00:01 /Applications/Ein Programm.app/Contents/MacOS/Ein Programm",
		"  11     1   501 49710-06:28:15 /usr/bin/long",
		"  12     1   -2    00:01 /nobody", "  13     1   502    00:01 /other", "  14     1   501    x:01 /age",
		"garbage", "", "  15     1   501    00:01 ", "  -     1   501    00:01 /x", "  16     1   501    00:02 zsh", "  17 1 501",
	}, "\n")
	want := map[int]string{10: "/Applications/Ein Programm.app/Contents/MacOS/Ein Programm", 11: "/usr/bin/long", 16: "zsh"}
	if d := cmp.Diff(want, macos.Processes([]byte(out), 501)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for text, want := range map[string]int{"00:07": 7, "01:05": 65, "10:00:05": 36005, "04-05:06:07": 363967} {
		if got, ok := macos.Elapsed(text); got != want || !ok {
			t.Errorf("%s is %d", text, got)
		}
	}
	for _, text := range []string{"", "7", "1:2:3:4", "a:b", "-01:02", "1-2", "99999999999:00"} {
		if got, ok := macos.Elapsed(text); ok {
			t.Errorf("%q is %d", text, got)
		}
	}
}

func TestPluginLines(t *testing.T) {
	on := platform.Extension{ID: "jp.go.jpki.x", Software: platform.SoftwareJPKI, Version: "3.9", Installed: true, Enabled: true}
	off, unknown, unnamed := on, on, on
	off.Enabled, unknown.Enabled, unknown.EnabledUnknown = false, false, true
	unnamed.Version = ""
	for line, want := range map[string][]platform.Extension{
		"+    jp.go.jpki.x(3.9)":                         {on},
		"+    jp.go.jpki.x(3.9)\tUUID\tdate\t/path(1)":   {on},
		"-    jp.go.jpki.x(3.9)":                         {off},
		"     jp.go.jpki.x(3.9)":                         {unknown},
		"?    jp.go.jpki.x(3.9)":                         {unknown},
		"+    jp.go.jpki.x((null))":                      {unnamed},
		"=    jp.go.jpki.x(3.8)\n+    jp.go.jpki.x(3.9)": {on},
		"+    jp.go.jpki.x(3.9)\n+    jp.go.jpki.x(3.9)": {on},
		" (no matches)":                                  nil, " (1 plug-in)": nil, "": nil, "\t        Path = /x(1)": nil, "+": nil,
		"match: Connection invalid": nil,
	} {
		if d := cmp.Diff(want, macos.Plugins([]byte(line))); d != "" {
			t.Errorf("%q (-want +got):\n%s", line, d)
		}
	}
}

func TestDictionaries(t *testing.T) {
	got, err := macos.ParseDictionary([]byte("<dictionary> {\n  A : 1\n  L : <array> {\n    0 : x y\n    1 : z\n  }\n  __SCOPED__ : <dictionary> {\n    en0 : <dictionary> {\n      HTTPEnable : 1\n    }\n  }\n  B : http://h:1/p\n  C : \n}\n"))
	want := map[string]string{"A": "1", "L": "x y,z", "B": "http://h:1/p", "C": ""}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	for name, out := range map[string]string{
		"empty": "", "cut": "<dictionary> {\n  A : 1\n", "another thing": "No proxies\n", "a list": "<array> {\n}\n",
		"deep": "<dictionary> {\n" + strings.Repeat("  A : <array> {\n", 100000),
	} {
		if v, err := macos.ParseDictionary([]byte(out)); err == nil {
			t.Errorf("%s: read as %v", name, v)
		}
	}
}

func TestLongDictionary(t *testing.T) {
	out := "<dictionary> {\n  L : <array> {\n" + strings.Repeat("    0 : abcdefgh\n", 200000) + "  }\n}\n"
	got, err := macos.ParseDictionary([]byte(out))
	if err != nil || len(got["L"]) > 2*platform.LongestText {
		t.Errorf("%d bytes, %v", len(got["L"]), err)
	}
}

func TestProxies(t *testing.T) {
	if got := macos.Proxies(map[string]string{"HTTPEnable": "1", "HTTPPort": "1"}); len(got) != 1 || got[0].Mode != platform.ProxyDirect {
		t.Errorf("a proxy without a name: %+v", got)
	}
	got := macos.Proxies(map[string]string{"HTTPEnable": "1", "HTTPProxy": "p", "HTTPSEnable": "0", "HTTPSProxy": "q", "ExceptionsList": "*.local,10/8"})
	if len(got) != 1 || got[0].Server != "http=p" || got[0].Bypass != "*.local,10/8" {
		t.Errorf("%+v", got)
	}
}

func TestVPNLines(t *testing.T) {
	for line, want := range map[string][]platform.VPN{
		`* (Connected)   65F5A798-4B98-4DA1-87D8-9D605FFF6188 PPP --> L2TP       "Test-VPN"                      [PPP:L2TP]`: {{Name: "Test-VPN", Kind: "L2TP", Active: true}},
		`* (Connected)      A2C40000-0000-0000-0000-000000000002 IPSec       "Work VPN"`:                                     {{Name: "Work VPN", Kind: "IPSec", Active: true}},
		`* (Connecting)      A2C40000-0000-0000-0000-000000000002 VPN (a.b) "a "b" c" [VPN:a.b]`:                             {{Name: `a "b" c`, Kind: "VPN"}},
		`* (Connected) 6A6CEBF8-05D7-4E2D-A9D6-4EBCA9E441CE PPP --> USB CDC-Serial "USB CDC-Serial" [PPP:Modem]`:             nil,
		"Available network connection services in the current set (*=enabled):":                                              nil,
		"No services": nil, "": nil, `* (Connected) x "y"`: nil,
	} {
		if d := cmp.Diff(want, macos.ParseVPNs([]byte(line+"\n"))); d != "" {
			t.Errorf("%q (-want +got):\n%s", line, d)
		}
	}
}

func TestArchitectures(t *testing.T) {
	fat64 := machO("amd64", "arm64")
	fat64[3]++ // entries of 32 bytes follow
	fat64 = append(fat64, make([]byte, 64)...)
	java := binary.BigEndian.AppendUint32([]byte{0xca, 0xfe, 0xba, 0xbe}, 65)
	for _, tt := range []struct {
		name string
		raw  []byte
		want string
		ok   bool
	}{
		{"Intel", machO("amd64"), "amd64", true},
		{"Apple silicon", machO("arm64"), "arm64", true},
		{"both", machO("amd64", "arm64"), "universal", true},
		{"old and Intel", machO("386", "amd64"), "amd64", true},
		{"old", machO("386"), "386", true},
		{"large offsets", fat64, "amd64", true},
		{"Java class", append(java, make([]byte, 2000)...), "", false},
		{"cut", machO("amd64", "arm64")[:20], "", false},
		{"empty", nil, "", false},
		{"Linux", []byte("\x7fELF\x02\x01\x01\x00"), "", false},
		{"many", append([]byte{0xca, 0xfe, 0xba, 0xbe, 0xff, 0xff, 0xff, 0xff}, make([]byte, 4000)...), "", false},
	} {
		got, err := macos.MachOArch(tt.raw)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
}

func TestPropertyLists(t *testing.T) {
	type text struct{ Text string }
	binaryList, err := plist.Marshal(text{"本"}, plist.BinaryFormat)
	if err != nil {
		t.Fatal(err)
	}
	xml := `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>Text</key><string>本</string><key>List</key><string>not one</string></dict></plist>`
	for name, raw := range map[string][]byte{"binary": binaryList, "XML": []byte(xml), "XML with BOM": []byte("\xef\xbb\xbf" + xml)} {
		if got, err := macos.PlistText(raw); got != "本" || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, raw := range map[string][]byte{
		"empty": nil, "old text": []byte("{ Text = a; }"), "cut binary": binaryList[:len(binaryList)-1], "cut": []byte(xml[:90]),
		"HTML": []byte("<html><body>"), "only a head": []byte("bplist00"), "zeros": append([]byte("bplist00"), make([]byte, 64)...),
	} {
		if got, err := macos.PlistText(raw); err == nil && got != "" {
			t.Errorf("%s: read as %q", name, got)
		}
	}
}

// Lists made to exhaust a reader are refused, and soon.
func TestHostilePropertyLists(t *testing.T) {
	deepXML := "<plist>" + strings.Repeat("<array>", 100000)
	start := time.Now()
	if _, err := macos.PlistText([]byte(deepXML)); !errors.Is(err, macos.ErrDeep) {
		t.Errorf("deep XML: %v", err)
	}
	for _, tt := range []struct {
		name    string
		objects [][]byte
		want    error
	}{
		{"deep", chain(10000, 1), macos.ErrDeep},
		{"each holds the next twice", chain(200, 2), macos.ErrTooLarge},
		{"holds itself", [][]byte{{0xa1, 0, 0}}, nil},
		{"holds what is not there", [][]byte{{0xa1, 0, 9}}, nil},
		{"count beyond the end", [][]byte{{0xaf, 0x13, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}, nil},
	} {
		_, err := macos.PlistText(binaryPlist(tt.objects))
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	// Lists of references that lie upon each other: small as a file, and large
	// as objects.
	overlap := binaryPlist([][]byte{append([]byte{0xaf, 0x11, 0x40, 0}, make([]byte, 1<<16)...)})
	if _, err := macos.PlistText(overlap); err == nil {
		t.Error("a list that holds itself thousands of times was read")
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// chain are arrays of which each holds the next so many times.
func chain(length, times int) [][]byte {
	var objects [][]byte
	for i := range length {
		o := []byte{0xa0 | byte(times)}
		for range times {
			o = binary.BigEndian.AppendUint16(o, uint16(i+1))
		}
		objects = append(objects, o)
	}
	return append(objects, []byte{0x51, 'x'})
}

// binaryPlist puts objects into a list, with two bytes for a reference and
// four for an offset.
func binaryPlist(objects [][]byte) []byte {
	var b bytes.Buffer
	b.WriteString("bplist00")
	var offsets []byte
	for _, o := range objects {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(b.Len()))
		b.Write(o)
	}
	table := b.Len()
	b.Write(offsets)
	b.Write([]byte{0, 0, 0, 0, 0, 0, 4, 2})
	for _, n := range []int{len(objects), 0, table} {
		_ = binary.Write(&b, binary.BigEndian, uint64(n))
	}
	return b.Bytes()
}

func TestPolicyLists(t *testing.T) {
	raw := func(body string) []byte { return []byte("<plist><dict>" + body + "</dict></plist>") }
	got, err := macos.PlistPolicies(raw(`<key>ExtensionInstallBlocklist</key><array><integer>1</integer></array>
		<key>ExtensionSettings</key><string>{"*":{"installation_mode":"blocked"}}</string>
		<key>NativeMessagingUserLevelHosts</key><integer>0</integer>`))
	if err != nil || len(got.Faults) != 1 || got.Faults[0] != "ExtensionInstallBlocklist" || got.Texts["ExtensionSettings"] == "" || got.Modes != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if n, set := got.Numbers["NativeMessagingUserLevelHosts"]; !set || n != 0 {
		t.Errorf("%+v", got.Numbers)
	}
	if got, err := macos.PlistPolicies(raw("")); err != nil || len(got.Lists)+len(got.Texts)+len(got.Numbers)+len(got.Faults) > 0 || got.Modes != nil {
		t.Errorf("out of nothing: %+v, %v", got, err)
	}
}

func TestUSBReports(t *testing.T) {
	report := `{"SPUSBHostDataType":[{"_name":"USB 3.1 Bus","_items":[{"_name":"RC-S380/P","USBDeviceKeyVendorID":"0x054c","USBDeviceKeyProductID":"0x06C3"}]}]}`
	got, err := macos.USBReport([]byte(report), "SPUSBHostDataType")
	want := []platform.Device{{Bus: "usb", Vendor: "054c", Product: "06c3", Name: "Sony RC-S380", Class: platform.ClassKnownReader}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	for _, report := range []string{"", `{"SPUSBHostDataType":7}`, `{"SPUSBHostDataType":[{"_items":` + strings.Repeat(`[{"_items":`, 20000)} {
		if list, err := macos.USBReport([]byte(report), "SPUSBHostDataType"); err == nil {
			t.Errorf("%.40q: read as %+v", report, list)
		}
	}
}
