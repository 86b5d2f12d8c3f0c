package platform_test

import (
	"regexp"
	"testing"

	"yomitori/platform"
)

func rcs300(instance string) platform.Device {
	return platform.Device{Bus: "usb", Vendor: "054c", Product: "0dc9", Instance: instance}
}

func TestHandles(t *testing.T) {
	first, second := rcs300(`USB\VID_054C&PID_0DC9\0201504`), rcs300(`USB\VID_054C&PID_0DC9\0201505`)
	nfc := platform.Device{Bus: "acpi", HardwareIDs: []string{`ACPI\VEN_NXP&DEV_1000`, `ACPI\NXP1000`}}
	alone := platform.Devices{List: []platform.Device{first, nfc}}
	for i, want := range []string{"usb-054c-0dc9", "acpi-ven-nxp-dev-1000"} {
		if got := alone.Handle(i); got != want || alone.ByHandle(got) != &alone.List[i] {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	both := platform.Devices{List: []platform.Device{second, first}}
	marks := []string{both.Handle(0), both.Handle(1)}
	for i, mark := range marks {
		if !regexp.MustCompile(`^usb-054c-0dc9-[0-9a-f]{4}$`).MatchString(mark) || both.ByHandle(mark) != &both.List[i] {
			t.Errorf("the handle %q", mark)
		}
		if _, err := platform.ParseRepair("restart-device:" + mark); err != nil {
			t.Error(err)
		}
	}
	if marks[0] == marks[1] {
		t.Errorf("both are %q", marks[0])
	}
	if both.ByHandle("usb-054c-0dc9") != nil {
		t.Error("a handle that was good for one reader passes to one of two")
	}
	// The twin was unplugged, and Windows writes the instance another way.
	first.Instance = `usb\vid_054c&pid_0dc9\0201504`
	left := platform.Devices{List: []platform.Device{nfc, first}}
	if left.ByHandle(marks[1]) != &left.List[1] || left.ByHandle(marks[0]) != nil {
		t.Error("a handle with a mark passes to another device")
	}
	// What nobody can tell apart is not named.
	same := platform.Devices{List: []platform.Device{first, first}}
	if got := same.ByHandle(same.Handle(0)); got != nil {
		t.Errorf("found %+v of two that are alike", got)
	}
}
