package windows_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

func builtInNFC() windows.DeviceRecord {
	return windows.DeviceRecord{
		Instance: `ACPI\NXP1000\1`, HardwareIDs: []string{`ACPI\NXP1000`}, ClassGUID: proximity, Enumerator: "ACPI", FriendlyName: "NXP NFC",
	}
}

// usbReader makes a reader of no known model.
func usbReader(instance string) windows.DeviceRecord {
	return windows.DeviceRecord{Instance: instance, ClassGUID: smartCardReader, Enumerator: "USB", Description: "リーダー"}
}

func withProblem(r windows.DeviceRecord, problem int) windows.DeviceRecord {
	r.Problem = problem
	return r
}

const (
	nfcHandle  = "acpi-nxp1000"
	sonyHandle = "usb-054c-0dc9"
)

// deviceCases are devices and what becomes of a repair, planned and elevated.
var deviceCases = []struct {
	name    string
	repair  platform.Repair
	devices []windows.DeviceRecord
	pcsc    []windows.ReaderInstance // nil: the RC-S300
	readers []platform.Reader        // of the snapshot
	remote  bool
	plan    platform.RepairWhy
	made    platform.RepairWhy
}{
	{name: "off", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), rcs300()}},
	{
		name: "off, a reader that PC/SC names", repair: platform.TurnOffDevice("usb-04e6-5116"),
		devices: []windows.DeviceRecord{usbReader(`USB\VID_04E6&PID_5116\1`), rcs300()},
		pcsc:    []windows.ReaderInstance{{Name: "Microsoft IFD 0", Instance: `USB\VID_04E6&PID_5116\1`}, {Name: "Sony FeliCa Port/PaSoRi 4.0 0", Instance: rcs300().Instance}},
	},
	{name: "the only reader", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC()}, plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader},
	{
		name: "the other is off", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), withProblem(rcs300(), 22)},
		plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "the other is virtual", repair: platform.TurnOffDevice(nfcHandle),
		devices: []windows.DeviceRecord{builtInNFC(), {Instance: `ROOT\SMARTCARDREADER\0000`, ClassGUID: smartCardReader}},
		plan:    platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "the other is a key of Yubico's", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), usbReader(`USB\VID_1050&PID_0407&MI_02\1`)},
		pcsc: []windows.ReaderInstance{{Name: "Reader 0", Instance: `USB\VID_1050&PID_0407&MI_02\1`}}, plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "the other is a key with a card inside", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), usbReader(`USB\VID_20A0&PID_4108\1`)},
		pcsc: []windows.ReaderInstance{{Name: "Nitrokey Nitrokey Pro 0", Instance: `USB\VID_20A0&PID_4108\1`}}, plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "PC/SC does not list the other", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), rcs300()},
		pcsc: []windows.ReaderInstance{}, plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "the other is a slot for SIM cards", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), usbReader(`USB\VID_1199&PID_9079\1`)},
		pcsc: []windows.ReaderInstance{{Name: "Microsoft UICC ISO Reader 1a2b 0", Instance: `USB\VID_1199&PID_9079\1`}},
		plan: platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "the snapshot tells of a reader that is none", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), usbReader(`USB\VID_1199&PID_9079\1`)},
		pcsc:    []windows.ReaderInstance{{Name: "Modem 0", Instance: `USB\VID_1199&PID_9079\1`}},
		readers: []platform.Reader{{Name: "Modem", Class: platform.ReaderSIM}}, plan: platform.RepairOnlyReader,
	},
	{
		name: "two interfaces of one device", repair: platform.TurnOffDevice("usb-04e6-5116-a3ed"),
		devices: []windows.DeviceRecord{usbReader(`USB\VID_04E6&PID_5116&MI_00\1`), usbReader(`USB\VID_04E6&PID_5116&MI_01\1`)},
		pcsc:    []windows.ReaderInstance{{Name: "Microsoft IFD 0", Instance: `USB\VID_04E6&PID_5116&MI_00\1`}, {Name: "x", Instance: `USB\VID_04E6&PID_5116&MI_01\1`}},
		plan:    platform.RepairOnlyReader, made: platform.RepairOnlyReader,
	},
	{
		name: "a plain reader stays on", repair: platform.TurnOffDevice(sonyHandle), devices: []windows.DeviceRecord{rcs300(), usbReader(`USB\VID_04E6&PID_5116\1`)},
		plan: platform.RepairInUse, made: platform.RepairInUse,
	},
	{name: "in a remote session", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC(), rcs300()}, remote: true, plan: platform.RepairNotHere, made: platform.RepairNotHere},
	{name: "is off", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{withProblem(builtInNFC(), 22), rcs300()}, plan: platform.RepairNothing, made: platform.RepairNothing},
	{name: "gone", repair: platform.TurnOffDevice(nfcHandle), devices: []windows.DeviceRecord{rcs300()}, plan: platform.RepairGone, made: platform.RepairGone},
	{name: "on", repair: platform.TurnOnDevice(nfcHandle), devices: []windows.DeviceRecord{withProblem(builtInNFC(), 22)}},
	{name: "on, in a remote session", repair: platform.TurnOnDevice(sonyHandle), devices: []windows.DeviceRecord{withProblem(rcs300(), 22)}, remote: true},
	{name: "is on", repair: platform.TurnOnDevice(nfcHandle), devices: []windows.DeviceRecord{builtInNFC()}, plan: platform.RepairNothing, made: platform.RepairNothing},
	// Off as soon as Windows starts again: only undoing asks for that.
	{name: "will be off", repair: platform.TurnOnDevice(nfcHandle), devices: []windows.DeviceRecord{withProblem(builtInNFC(), 14)}, plan: platform.RepairNothing},
	{name: "restart", repair: platform.RestartDevice(sonyHandle), devices: []windows.DeviceRecord{rcs300()}},
	{name: "restart without driver", repair: platform.RestartDevice(sonyHandle), devices: []windows.DeviceRecord{withProblem(rcs300(), 28)}, plan: platform.RepairNotHere, made: platform.RepairNotHere},
}

// pc attaches devices to a computer that can change them.
func pc(t *testing.T, devices []windows.DeviceRecord, pcsc []windows.ReaderInstance, remote bool, did *[]string) windows.Options {
	t.Helper()
	devices = slices.Clone(devices)
	o := options(newRegFile(t), nil)
	o.Native = &windows.Native{
		Devices: func() ([]windows.DeviceRecord, error) { return slices.Clone(devices), nil },
		Remote:  func() (bool, error) { return remote, nil },
	}
	if pcsc == nil {
		pcsc = []windows.ReaderInstance{{Name: "Sony FeliCa Port/PaSoRi 4.0 0", Instance: rcs300().Instance}}
	}
	o.Native.ReaderInstances = func() ([]windows.ReaderInstance, error) { return pcsc, nil }
	o.Native.ChangeDevice = func(instance string, to windows.DeviceState) (bool, error) {
		*did = append(*did, fmt.Sprint(to, " ", instance))
		for i := range devices {
			if devices[i].Instance == instance {
				devices[i].Problem = map[windows.DeviceState]int{windows.DeviceOff: platform.ProblemDisabled}[to]
			}
		}
		return false, nil
	}
	return o
}

func TestDeviceRepairs(t *testing.T) {
	for _, tt := range deviceCases {
		t.Run(tt.name, func(t *testing.T) {
			var did []string
			o := pc(t, tt.devices, tt.pcsc, tt.remote, &did)
			s := platform.Snapshot{Readers: platform.Readers{List: tt.readers}}
			p, err := windows.New(o).PlanRepair(t.Context(), tt.repair, s)
			wantWhy(t, err, tt.plan)
			if (err == nil) != (len(p.Changes) == 1 && p.Changes[0].Device == tt.repair.Target() && p.Changes[0].DeviceName != "") {
				t.Errorf("got %+v", p)
			}
			if did != nil {
				t.Errorf("planning did %v", did)
			}
			wantWhy(t, windows.New(o).Elevated(t.Context(), tt.repair), tt.made)
			if (tt.made == "") != (len(did) == 1) {
				t.Errorf("did %v", did)
			}
		})
	}
}

// While nobody can say that the other reader works, the computer's own stays on.
func TestTurnOffWithoutPCSC(t *testing.T) {
	var did []string
	o := pc(t, []windows.DeviceRecord{builtInNFC(), rcs300()}, nil, false, &did)
	for _, ask := range []func() ([]windows.ReaderInstance, error){nil, func() ([]windows.ReaderInstance, error) { return nil, errors.New("stopped") }} {
		o.Native.ReaderInstances = ask
		_, err := windows.New(o).PlanRepair(t.Context(), platform.TurnOffDevice(nfcHandle), platform.Snapshot{})
		wantWhy(t, err, platform.RepairOnlyReader)
		wantWhy(t, windows.New(o).Elevated(t.Context(), platform.TurnOffDevice(nfcHandle)), platform.RepairOnlyReader)
	}
	if did != nil {
		t.Errorf("did %v", did)
	}
}

func TestDevicePlans(t *testing.T) {
	var did []string
	heed := func(first platform.Heeding) []platform.Heeding {
		return []platform.Heeding{first, platform.HeedMayBeRefused}
	}
	for _, tt := range []struct {
		repair  platform.Repair
		devices []windows.DeviceRecord
		want    platform.RepairPlan
	}{
		{platform.TurnOffDevice(nfcHandle), []windows.DeviceRecord{builtInNFC(), rcs300()}, platform.RepairPlan{
			Changes: []platform.Change{{Undoable: true, Back: platform.TurnOnDevice(nfcHandle), Device: nfcHandle, DeviceName: "NXP NFC"}},
			Heed:    heed(platform.HeedOtherDevices),
		}},
		{platform.TurnOnDevice(nfcHandle), []windows.DeviceRecord{withProblem(builtInNFC(), 22)}, platform.RepairPlan{
			Changes: []platform.Change{{Undoable: true, Back: platform.TurnOffDevice(nfcHandle), Device: nfcHandle, DeviceName: "NXP NFC"}},
			Heed:    []platform.Heeding{platform.HeedMayBeRefused},
		}},
		{platform.TurnOnDevice(sonyHandle), []windows.DeviceRecord{withProblem(rcs300(), 22)}, platform.RepairPlan{
			Changes: []platform.Change{{Device: sonyHandle, DeviceName: "Sony RC-S300"}}, Heed: []platform.Heeding{platform.HeedMayBeRefused},
		}},
		{platform.RestartDevice(sonyHandle), []windows.DeviceRecord{rcs300()}, platform.RepairPlan{
			Changes: []platform.Change{{Device: sonyHandle, DeviceName: "Sony RC-S300"}}, Heed: heed(platform.HeedCardsOfAll),
		}},
		{platform.RestartDevice(sonyHandle), []windows.DeviceRecord{withProblem(rcs300(), 22)}, platform.RepairPlan{First: []platform.Repair{platform.TurnOnDevice(sonyHandle)}}},
	} {
		t.Run(tt.repair.String(), func(t *testing.T) {
			tt.want.Repair = tt.repair
			for i := range tt.want.Changes {
				tt.want.Changes[i].Kind, tt.want.Changes[i].Do = platform.ChangeElevated, tt.repair
			}
			p := planned(t, pc(t, tt.devices, nil, false, &did), tt.repair, platform.Snapshot{})
			if d := cmp.Diff(tt.want, p, sameRepair); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// The device is found by its mark on both sides, in whatever order Windows lists
// those of its kind, and never by what was the handle of the only one.
func TestDeviceOfTwo(t *testing.T) {
	first, second := builtInNFC(), builtInNFC()
	second.Instance = `ACPI\NXP1000\2`
	for _, devices := range [][]windows.DeviceRecord{{first, second, rcs300()}, {rcs300(), second, first}} {
		var did []string
		o := pc(t, devices, nil, false, &did)
		all := windows.New(o).Look(t.Context(), platform.AreaDevices).Devices
		i := slices.IndexFunc(all.List, func(d platform.Device) bool { return d.Instance == second.Instance })
		wantWhy(t, windows.New(o).Elevated(t.Context(), platform.TurnOffDevice(nfcHandle)), platform.RepairGone)
		wantWhy(t, windows.New(o).Elevated(t.Context(), platform.TurnOffDevice(all.Handle(i))), "")
		if want := []string{`2 ACPI\NXP1000\2`}; !slices.Equal(did, want) {
			t.Errorf("got %q", did)
		}
	}
}

func TestDeviceDoesNotChange(t *testing.T) {
	for _, tt := range []struct {
		name    string
		restart bool
		err     error
		why     platform.RepairWhy
	}{
		{name: "before Windows starts again", restart: true, why: platform.RepairDenied},
		{name: "at all", why: platform.RepairDenied},
		{name: "because Windows refuses", err: fs.ErrPermission, why: platform.RepairDenied},
		{name: "because it went away", err: fs.ErrNotExist, why: platform.RepairGone},
		{name: "because Windows does not support it", err: errors.ErrUnsupported, why: platform.RepairFailed},
		{name: "for another reason", err: errors.New("installer"), why: platform.RepairFailed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var did []string
				o := pc(t, []windows.DeviceRecord{builtInNFC(), rcs300()}, nil, false, &did)
				o.Native.ChangeDevice = func(string, windows.DeviceState) (bool, error) { return tt.restart, tt.err }
				wantWhy(t, windows.New(o).Elevated(t.Context(), platform.TurnOffDevice(nfcHandle)), tt.why)
			})
		})
	}
	t.Run("because the driver hangs", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var did []string
			o := pc(t, []windows.DeviceRecord{rcs300()}, nil, false, &did)
			goOn := make(chan struct{})
			o.Native.ChangeDevice = func(string, windows.DeviceState) (bool, error) { <-goOn; return false, nil }
			wantWhy(t, windows.New(o).Elevated(t.Context(), platform.RestartDevice(sonyHandle)), platform.RepairTimedOut)
			close(goOn)
		})
	})
}
