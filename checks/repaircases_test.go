package checks_test

import (
	"testing"

	"yomitori/checks"
	"yomitori/platform"
)

// A row is a case in which the exact target matters, or in which nothing may be
// offered.
func TestRepairsForTheCase(t *testing.T) {
	const nfcOff, gone = "turn-off-device:acpi-nxp1000", "open:certificates"
	tests := []struct {
		name string
		id   checks.ID
		e    example
		want string
	}{
		{"NFC beside a reader", checks.NFCConflict, example{from: "nfc-conflict", purpose: checks.ETax}, nfcOff},
		{"the reader does not work", checks.NFCConflict, example{from: "nfc-conflict", changes: with(cardOut, outOfOrder(0)), purpose: checks.ETax}, ""},
		{"the card is on the NFC", checks.NFCConflict, example{from: "nfc-conflict", changes: with(cardOnTheOther), purpose: checks.ETax}, ""},
		{"no card anywhere", checks.NFCConflict, example{from: "nfc-conflict", changes: with(cardOut), purpose: checks.ETax}, nfcOff},
		{"the system does not tell which reader it is", checks.NFCConflict, example{from: "nfc-conflict", changes: with(notJoined), purpose: checks.ETax}, nfcOff},
		{"nor which of two", checks.NFCConflict, example{from: "nfc-conflict", changes: with(notJoined, secondNFC), purpose: checks.ETax}, ""},
		{"in front of another computer", checks.NFCConflict, example{from: "nfc-conflict", changes: with(remotely), purpose: checks.ETax}, ""},
		{"two devices of one name", checks.ReaderFailing, example{from: "healthy", changes: with(twin, pcscFails(platform.WhyTimedOut)), purpose: checks.ETax}, "refresh-pcsc restart-service:SCardSvr"},
		{"which of two readers fails", checks.ReaderFailing, example{from: "healthy", changes: with(outOfOrder(0), device380), purpose: checks.ETax}, "restart-device:usb-054c-0dc9 refresh-pcsc restart-service:SCardSvr"},

		{"the number of a process is none", checks.ClientHung, example{from: "healthy", changes: with(withProcess(numbered(-1))), purpose: checks.ETax}, ""},
		{"the number of a process is too large", checks.ClientHung, example{from: "healthy", changes: with(withProcess(numbered(1 << 40))), purpose: checks.ETax}, ""},
		{"a choice for a host of others", checks.BrowserSessionStale, example{from: "mac-healthy", changes: with(remembered("bank.example")), purpose: checks.ETax, told: checks.Told{Message: checks.MessageSessionTimedOut}}, "quit-browser:safari"},
		{"no browser runs", checks.BrowserSessionStale, example{from: "healthy", changes: with(closed(platform.BrowserEdge), closed(platform.BrowserChrome)), purpose: checks.ETax, told: checks.Told{Message: checks.MessageSessionTimedOut}}, "clear-site-data:edge clear-ssl-state"},
		{"キャンセル is in no file", checks.BrowserSessionStale, example{from: "hpki-healthy", purpose: checks.HPKI, told: checks.Told{Message: checks.MessageAccessDenied}}, "quit-browser:edge clear-ssl-state"},
		{"the proxy has to stay", checks.SystemProxy, example{from: "hpki-healthy", changes: with(viaProxy("oqs")), purpose: checks.HPKI}, ""},
		{"a server", checks.SystemOSUnsupported, example{from: "healthy", changes: with(server), purpose: checks.ETax}, ""},
		{"no browser to choose", checks.BrowserUnsupported, example{from: "healthy", changes: with(onlyFirefox), purpose: checks.ETax}, ""},
		{"a service that only stopped", checks.PropagationStopped, example{from: "hpki-healthy", changes: with(propagationOff, started("CertPropSvc", platform.StartManual), stopped("CertPropSvc")), purpose: checks.HPKI}, ""},

		{"an old card's certificate", checks.StoreMissing, example{from: "hpki-healthy", changes: with(onlyOldCards), purpose: checks.HPKI}, "open:hpki-driver delete-certificate:1 " + gone},
		{"one that has not ended", checks.StoreMissing, example{from: "hpki-healthy", changes: with(onlyOldCards, storeEnds), purpose: checks.HPKI}, "open:hpki-driver " + gone},
		{"one that may be of a card that tells nothing", checks.StoreMissing, example{from: "hpki-healthy", changes: with(onlyOldCards, silentCard), purpose: checks.HPKI}, "open:hpki-driver " + gone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := tt.e.diagnose(t)
			f := d.Find(tt.id)
			if f == nil || f.Status != checks.Problem && f.Status != checks.Notice {
				t.Fatalf("no %s\n%s", tt.id, list(d))
			}
			if got := repairsOf(*f); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func outOfOrder(reader int) change {
	return func(s *platform.Snapshot) {
		if reader < len(s.Readers.List) {
			s.Readers.List[reader].Unavailable = true
		}
	}
}

// notJoined is a system that does not tell which device is behind a reader.
func notJoined(s *platform.Snapshot) {
	for i := range s.Devices.List {
		s.Devices.List[i].Reader, s.Devices.List[i].Joined = "", false
	}
}

func secondNFC(s *platform.Snapshot) {
	s.Devices.List = append(s.Devices.List, platform.Device{Bus: "acpi", Name: "NFC", Class: platform.ClassNFC, Instance: `ACPI\BCM2079\1`, HardwareIDs: []string{`ACPI\BCM2079`}})
}

// twin has two devices that nobody can tell apart.
func twin(s *platform.Snapshot) {
	s.Devices.List = []platform.Device{
		{Bus: "usb", Vendor: "1", Class: platform.ClassNFC, Instance: "b"},
		{Bus: "usb", Vendor: "1", Class: platform.ClassCCID, Driver: "WUDFRd", Instance: "b"},
	}
}

func numbered(id int) platform.Process {
	p := hungClient
	p.ID = id
	return p
}

func stopped(name string) change {
	return atServices(name, func(v *platform.Service) { v.Running = false })
}

func storeEnds(s *platform.Snapshot) {
	for i := range s.Store.List {
		s.Store.List[i].NotAfter = s.Taken.AddDate(1, 0, 0)
	}
}

// silentCard puts a second card in that did not tell its certificate.
func silentCard(s *platform.Snapshot) {
	s.Readers.List = append(s.Readers.List, platform.Reader{Name: "second", CardIn: true})
	s.Cards.List = append(s.Cards.List, platform.Card{Look: platform.Failure(platform.WhyMute, nil), Reader: "second", ReaderIndex: len(s.Readers.List) - 1})
}
