package windows_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const (
	smartCardReader = "{50DD5230-BA8A-11D1-BF5D-0000F805F530}"
	proximity       = "{5630831C-06C9-4856-B327-F5D32586E060}"
	usbDevice       = "{88BAE032-5A81-49F0-BC3D-A4FF138216D6}"
	noClass         = "{00000000-0000-0000-0000-000000000000}"
)

func observeDevices(t *testing.T, n windows.Native) platform.Devices {
	t.Helper()
	change, err := windows.New(windows.Options{Native: &n}).Devices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var s platform.Snapshot
	change(&s)
	return s.Devices
}

func attachedDevices(records ...windows.DeviceRecord) func() ([]windows.DeviceRecord, error) {
	return func() ([]windows.DeviceRecord, error) { return records, nil }
}

func rcs300() windows.DeviceRecord {
	return windows.DeviceRecord{
		Instance:      `USB\VID_054C&PID_0DC9\1234567`,
		HardwareIDs:   []string{`USB\VID_054C&PID_0DC9&REV_0100`, `USB\VID_054C&PID_0DC9`},
		CompatibleIDs: []string{`USB\Class_0b&SubClass_00&Prot_00`, `USB\Class_0b`},
		ClassGUID:     smartCardReader,
		Enumerator:    "USB",
		Product:       "FeliCa Port/PaSoRi 4.0",
		Description:   "Microsoft Usbccid スマート カード リーダー (WUDF)",
		Service:       "WUDFRd",
	}
}

func TestDeviceClasses(t *testing.T) {
	tests := []struct {
		name   string
		record windows.DeviceRecord
		want   []platform.Device
	}{
		{"smart card reader", rcs300(), []platform.Device{{
			Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "Sony RC-S300", Class: platform.ClassCCID, Driver: "WUDFRd",
			Instance: `USB\VID_054C&PID_0DC9\1234567`, HardwareIDs: []string{`USB\VID_054C&PID_0DC9&REV_0100`, `USB\VID_054C&PID_0DC9`},
		}}},
		{"reader with another class", func() windows.DeviceRecord {
			r := rcs300()
			r.ClassGUID, r.Service = usbDevice, "WinUSB"
			return r
		}(), []platform.Device{{
			Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "Sony RC-S300", Class: platform.ClassCCID, Driver: "WinUSB",
			Instance: `USB\VID_054C&PID_0DC9\1234567`, HardwareIDs: []string{`USB\VID_054C&PID_0DC9&REV_0100`, `USB\VID_054C&PID_0DC9`},
		}}},
		{"known reader on WinUSB", windows.DeviceRecord{
			Instance: `USB\VID_054C&PID_06C1\0000001`, ClassGUID: usbDevice, Enumerator: "USB",
			CompatibleIDs: []string{`USB\MS_COMP_WINUSB`, `USB\Class_FF`}, Description: "WinUsb デバイス", Service: "WINUSB",
		}, []platform.Device{{
			Bus: "usb", Vendor: "054c", Product: "06c1", Name: "Sony RC-S380", Class: platform.ClassKnownReader, Driver: "WINUSB",
			Instance: `USB\VID_054C&PID_06C1\0000001`,
		}}},
		{"known reader without driver", windows.DeviceRecord{
			Instance: `USB\VID_054C&PID_06C3\5&1`, ClassGUID: noClass, Problem: 28,
		}, []platform.Device{{
			Bus: "usb", Vendor: "054c", Product: "06c3", Name: "Sony RC-S380", Class: platform.ClassNoDriver, Problem: 28,
			Instance: `USB\VID_054C&PID_06C3\5&1`,
		}}},
		{"reader without driver by its class", windows.DeviceRecord{
			Instance: `USB\VID_FFFF&PID_0001&MI_00\5&1`, CompatibleIDs: []string{`usb\class_0B`}, Problem: 28,
		}, []platform.Device{{
			Bus: "usb", Vendor: "ffff", Product: "0001", Name: "USB ffff:0001", Class: platform.ClassNoDriver, Problem: 28,
			Instance: `USB\VID_FFFF&PID_0001&MI_00\5&1`,
		}}},
		{"reader without driver by its name", windows.DeviceRecord{
			Instance: `USB\VID_FFFF&PID_0001\5&1`, Description: "ICカードリーダライタ", Problem: 28,
		}, []platform.Device{{
			Bus: "usb", Vendor: "ffff", Product: "0001", Name: "ICカードリーダライタ", Class: platform.ClassNoDriver, Problem: 28,
			Instance: `USB\VID_FFFF&PID_0001\5&1`,
		}}},
		{"disabled reader", windows.DeviceRecord{
			Instance: `USB\VID_04E6&PID_5790&MI_00\6&1`, ClassGUID: smartCardReader, FriendlyName: "Identiv uTrust 3700 F", Problem: 22,
		}, []platform.Device{{
			Bus: "usb", Vendor: "04e6", Product: "5790", Name: "Identiv uTrust 3700 F", Class: platform.ClassCCID, Problem: 22,
			Instance: `USB\VID_04E6&PID_5790&MI_00\6&1`,
		}}},
		{"built-in NFC by its class", windows.DeviceRecord{
			Instance: `ACPI\ABC0001\1`, ClassGUID: proximity, Enumerator: "ACPI", Description: "NFC", Service: "WUDFRd",
		}, []platform.Device{{Bus: "acpi", Name: "NFC", Class: platform.ClassNFC, Driver: "WUDFRd", Instance: `ACPI\ABC0001\1`}}},
		{"built-in NFC by its id", windows.DeviceRecord{
			Instance: `ACPI\VEN_NXP&DEV_1000\1`, HardwareIDs: []string{`acpi\nxp1000`}, Problem: 28,
		}, []platform.Device{{
			Bus: "acpi", Class: platform.ClassNFC, Problem: 28, Instance: `ACPI\VEN_NXP&DEV_1000\1`, HardwareIDs: []string{`acpi\nxp1000`},
		}}},
		{"virtual reader", windows.DeviceRecord{
			Instance: `ROOT\SMARTCARDREADER\0000`, ClassGUID: smartCardReader, Enumerator: "ROOT", FriendlyName: "山田太郎のカード", Product: "山田太郎", Description: "Microsoft Virtual Smart Card 0",
		}, []platform.Device{{
			Bus: "root", Name: "Microsoft Virtual Smart Card 0", Class: platform.ClassCCID, Instance: `ROOT\SMARTCARDREADER\0000`,
		}}},
		{"serial number in name and ids", windows.DeviceRecord{
			Instance: `USB\VID_04E6&PID_5116\ab21120818205972`, ClassGUID: smartCardReader, Product: "SCR 3310 AB21120818205972",
			HardwareIDs: []string{`USB\X&AB21120818205972`, ""},
		}, []platform.Device{{
			Bus: "usb", Vendor: "04e6", Product: "5116", Name: "SCR 3310", Class: platform.ClassCCID, Instance: `USB\VID_04E6&PID_5116\ab21120818205972`,
		}}},
		{"serial number in brackets", windows.DeviceRecord{
			Instance: `PCMCIA\X\1`, ClassGUID: smartCardReader, FriendlyName: "SCR 3310 [CCID] (21120818205972)",
		}, []platform.Device{{Bus: "pcmcia", Name: "SCR 3310 [CCID]", Class: platform.ClassCCID, Instance: `PCMCIA\X\1`}}},

		{"mouse", windows.DeviceRecord{
			Instance: `USB\VID_046D&PID_C52B\1`, ClassGUID: "{4D36E96F-E325-11CE-BFC1-08002BE10318}", Description: "マウス", CompatibleIDs: []string{`USB\Class_03`},
		}, nil},
		{"reader without driver by its English name", windows.DeviceRecord{
			Instance: `USB\VID_FFFF&PID_0001\5&1`, Product: "IC Card Reader/Writer", Problem: 28,
		}, []platform.Device{{
			Bus: "usb", Vendor: "ffff", Product: "0001", Name: "IC Card Reader/Writer", Class: platform.ClassNoDriver, Problem: 28,
			Instance: `USB\VID_FFFF&PID_0001\5&1`,
		}}},
		{"reader without driver by its name with a blank", windows.DeviceRecord{
			Instance: `USB\VID_FFFF&PID_0001\5&1`, Description: "非接触IC カード リーダー", Problem: 28,
		}, []platform.Device{{
			Bus: "usb", Vendor: "ffff", Product: "0001", Name: "非接触IC カード リーダー", Class: platform.ClassNoDriver, Problem: 28,
			Instance: `USB\VID_FFFF&PID_0001\5&1`,
		}}},
		{"graphic card without driver", windows.DeviceRecord{Instance: `USB\VID_1234&PID_0001\1`, Product: "Graphic Card", Description: "GraphicカードB", Problem: 28}, nil},
		{"memory card reader without driver", windows.DeviceRecord{Instance: `USB\VID_0BDA&PID_0129\2010`, Description: "USB2.0-CRW Card Reader", Problem: 28}, nil},
		{"other device without driver", windows.DeviceRecord{Instance: `USB\VID_1234&PID_0001\1`, Description: "山田太郎のカメラ", Problem: 28}, nil},
		{"smart card words with a driver", windows.DeviceRecord{Instance: `USB\VID_1234&PID_0001\1`, Description: "FeliCa keyboard", Service: "HidUsb"}, nil},
		{"smart card words off the bus", windows.DeviceRecord{Instance: `SWD\X\1`, Description: "smart card", Problem: 28}, nil},
		{"longer class", windows.DeviceRecord{Instance: `USB\VID_1234&PID_0001\1`, CompatibleIDs: []string{`USB\Class_0bff`}}, nil},
		{"longer product id", windows.DeviceRecord{Instance: `USB\VID_054C&PID_06C10\1`}, nil},
		{"nothing", windows.DeviceRecord{}, nil},
		{"no instance", windows.DeviceRecord{ClassGUID: smartCardReader}, []platform.Device{{Class: platform.ClassCCID}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := observeDevices(t, windows.Native{Devices: attachedDevices(tt.record)})
			if d := cmp.Diff(tt.want, got.List); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A device of several interfaces is recorded once, as the interface that is
// the reader; while it is disabled it has no interfaces.
func TestCompositeDevice(t *testing.T) {
	parent := windows.DeviceRecord{
		Instance: `USB\VID_054C&PID_06C1\0000001`, Service: "usbccgp",
		CompatibleIDs: []string{`USB\DevClass_00`, `USB\COMPOSITE`},
	}
	child := windows.DeviceRecord{Instance: `USB\VID_054C&PID_06C1&MI_00\6&1`, ClassGUID: smartCardReader}
	names := func(records ...windows.DeviceRecord) (instances []string) {
		for _, d := range observeDevices(t, windows.Native{Devices: attachedDevices(records...)}).List {
			instances = append(instances, d.Instance)
		}
		return instances
	}
	if d := cmp.Diff([]string{child.Instance}, names(parent, child)); d != "" {
		t.Errorf("with interface (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{parent.Instance}, names(parent)); d != "" {
		t.Errorf("without interface (-want +got):\n%s", d)
	}
}

func TestMayBeReader(t *testing.T) {
	tests := []struct {
		instance, class string
		want            bool
	}{
		{`ROOT\SMARTCARDREADER\0000`, smartCardReader, true},
		{`ACPI\ABC0001\1`, proximity, true},
		{`acpi\nxp1000\1`, noClass, true},
		{`usb\VID_1234&PID_0001\1`, noClass, true},
		{`ACPI\NXP10001\1`, noClass, false},
		{`USBSTOR\DISK\1`, noClass, false},
		{`PCI\VEN_8086\1`, "", false},
		{"", "", false},
	}
	for _, tt := range tests {
		if got := windows.MayBeReader(tt.instance, tt.class); got != tt.want {
			t.Errorf("%s of class %s: got %v", tt.instance, tt.class, got)
		}
	}
}

func TestHostileDevices(t *testing.T) {
	long := strings.Repeat("あ\x00\x1b[31m", 100_000)
	r := windows.DeviceRecord{
		Instance: `USB\VID_054C&PID_06C1\` + long, Enumerator: long, FriendlyName: long, Product: long, Description: long,
		Service: long, ClassGUID: smartCardReader,
	}
	for range 100 {
		r.HardwareIDs = append(r.HardwareIDs, `USB\`+long)
	}
	var many []windows.DeviceRecord
	for range windows.MaxDevices + 1 {
		many = append(many, r)
	}
	got := observeDevices(t, windows.Native{Devices: attachedDevices(many...)})
	if len(got.List) != windows.MaxDevices {
		t.Errorf("%d devices recorded", len(got.List))
	}
	d := got.List[0]
	for _, s := range append([]string{d.Bus, d.Name, d.Driver, d.Instance}, d.HardwareIDs...) {
		if len(s) > 200 || strings.ContainsAny(s, "\x00\x1b") {
			t.Errorf("%d bytes recorded: %.40q", len(s), s)
		}
	}
	if len(d.HardwareIDs) > 8 {
		t.Errorf("%d hardware ids recorded", len(d.HardwareIDs))
	}
}

func TestJoin(t *testing.T) {
	external, nfc := rcs300(), windows.DeviceRecord{Instance: `ACPI\NXP1000\1`, ClassGUID: proximity}
	winusb := windows.DeviceRecord{Instance: `USB\VID_054C&PID_06C1\0000001`, Service: "WinUSB"}
	type joined struct {
		Reader string
		Joined bool
	}
	tests := []struct {
		name    string
		readers []windows.ReaderInstance
		err     error
		want    []joined
	}{
		{"two of three", []windows.ReaderInstance{
			{"Microsoft IFD 0", nfc.Instance},
			{"SONY FeliCa Port/PaSoRi 4.0 0", strings.ToLower(external.Instance)},
		}, nil, []joined{{"SONY FeliCa Port/PaSoRi 4.0", true}, {"Microsoft IFD", true}, {"", true}}},
		{"names are counted as the readers are", []windows.ReaderInstance{
			{"SONY FeliCa Port/PaSoRi 4.0 0", `USB\VID_054C&PID_0DC9\other`},
			{"SONY FeliCa Port/PaSoRi 4.0 1", external.Instance},
		}, nil, []joined{{"SONY FeliCa Port/PaSoRi 4.0 #2", true}, {"", true}, {"", true}}},
		{"first slot", []windows.ReaderInstance{
			{"ACS ACR1252 PICC 0", external.Instance}, {"ACS ACR1252 SAM 0", external.Instance},
		}, nil, []joined{{"ACS ACR1252 PICC", true}, {"", true}, {"", true}}},
		{"one reader's device unknown", []windows.ReaderInstance{
			{"Remote 0", ""}, {"Microsoft IFD 0", nfc.Instance},
		}, nil, []joined{{"", false}, {"Microsoft IFD", true}, {"", false}}},
		{"no readers", nil, nil, []joined{{"", true}, {"", true}, {"", true}}},
		{"no answer", nil, errors.ErrUnsupported, []joined{{}, {}, {}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := observeDevices(t, windows.Native{
				Devices:         attachedDevices(external, nfc, winusb),
				ReaderInstances: func() ([]windows.ReaderInstance, error) { return tt.readers, tt.err },
			})
			var list []joined
			for _, d := range got.List {
				list = append(list, joined{d.Reader, d.Joined})
			}
			if d := cmp.Diff(tt.want, list); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if !got.OK() || (got.Detail != "") != (tt.err != nil) {
				t.Errorf("look %+v", got.Look)
			}
		})
	}
}

func TestHangingReadersHideNoDevices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		defer close(end)
		start := time.Now()
		got := observeDevices(t, windows.Native{
			Devices: attachedDevices(rcs300()),
			ReaderInstances: func() ([]windows.ReaderInstance, error) {
				<-end
				return nil, nil
			},
		})
		if len(got.List) != 1 || got.List[0].Joined || !got.OK() || got.Detail == "" {
			t.Errorf("got %+v", got)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// An answer that came in time counts even if listing devices took long.
func TestSlowDevices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := observeDevices(t, windows.Native{
			Devices: func() ([]windows.DeviceRecord, error) {
				time.Sleep(5 * time.Second)
				return []windows.DeviceRecord{rcs300()}, nil
			},
			ReaderInstances: func() ([]windows.ReaderInstance, error) { return nil, nil },
		})
		if len(got.List) != 1 || !got.List[0].Joined {
			t.Errorf("got %+v", got)
		}
	})
}

func TestDevicesFail(t *testing.T) {
	broken := errors.New("broken")
	for name, list := range map[string]func() ([]windows.DeviceRecord, error){
		"not supported": nil,
		"broken":        func() ([]windows.DeviceRecord, error) { return nil, broken },
	} {
		_, err := windows.New(windows.Options{Native: &windows.Native{Devices: list}}).Devices(t.Context())
		if !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWideTexts(t *testing.T) {
	tests := []struct {
		name string
		raw  string
		want []string
	}{
		{"nothing", "", nil},
		{"zeros", "\x00\x00\x00\x00", nil},
		{"one", "a\x00\x00\x00", []string{"a"}},
		{"two", "a\x00\x00\x00B0b\x00\x00\x00\x00\x00", []string{"a", "あb"}},
		{"no end", "a\x00b\x00", []string{"ab"}},
		{"odd", "a\x00b", []string{"a"}},
		{"half a pair of surrogates", "\x00\xd8a\x00", []string{"a"}},
		{"endless list", strings.Repeat("a\x00\x00\x00", 1000), strings.Split(strings.Repeat("a", 32), "")},
	}
	for _, tt := range tests {
		if d := cmp.Diff(tt.want, windows.WideTexts([]byte(tt.raw))); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
	if got := windows.WideText([]byte("\x00\x00a\x00\x00\x00")); got != "" {
		t.Errorf("text after the end: %q", got)
	}
}

func TestMultiText(t *testing.T) {
	tests := []struct {
		name string
		raw  []uint16
		want [][]uint16
	}{
		{"nothing", nil, nil},
		{"empty", []uint16{0, 0}, nil},
		{"two", []uint16{'a', 0, 'b', 'c', 0, 0, 'd'}, [][]uint16{{'a'}, {'b', 'c'}}},
		{"no end", []uint16{'a', 0, 'b'}, [][]uint16{{'a'}, {'b'}}},
	}
	for _, tt := range tests {
		if d := cmp.Diff(tt.want, windows.MultiText(tt.raw)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}
