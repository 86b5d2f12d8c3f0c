package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// Readers by one word each; "+" means that something like a card is in.
var seats = map[string]platform.Reader{
	"usb":    {Name: "USB"},
	"usb+":   {Name: "USB", CardIn: true},
	"usb2":   {Name: "USB #2"},
	"usb2+":  {Name: "USB #2", CardIn: true},
	"other":  {Name: "Other Reader 5000"},
	"dual":   {Name: "ACS ACR1281 1S Dual Reader ICC 0"},
	"dual+":  {Name: "ACS ACR1281 1S Dual Reader PICC 0", CardIn: true},
	"omni":   {Name: "HID Global OMNIKEY 5422 Smartcard Reader 0", Model: "OMNIKEY 5422"},
	"omni+":  {Name: "HID Global OMNIKEY 5422CL Smartcard Reader 1", CardIn: true},
	"one":    {Name: "A 1", Model: "uTrust 4701 F"},
	"one+":   {Name: "B 1", Model: "uTrust 4701 F", CardIn: true},
	"slot":   {Name: "Slot", Class: platform.ReaderBuiltIn},
	"slot+":  {Name: "Slot", Class: platform.ReaderBuiltIn, CardIn: true},
	"nfc":    {Name: "IFD", Class: platform.ReaderBuiltNFC},
	"nfc+":   {Name: "IFD", Class: platform.ReaderBuiltNFC, CardIn: true},
	"hello":  {Name: "Hello", Class: platform.ReaderVirtual},
	"vsc+":   {Name: "VSC", Class: platform.ReaderVirtual, CardIn: true},
	"sim":    {Name: "SIM", Class: platform.ReaderSIM},
	"sim+":   {Name: "SIM", Class: platform.ReaderSIM, CardIn: true},
	"sim2+":  {Name: "SIM #2", Class: platform.ReaderSIM, CardIn: true},
	"token":  {Name: "Key", Class: platform.ReaderToken},
	"token+": {Name: "Key", Class: platform.ReaderToken, CardIn: true},
	"sam+":   {Name: "SAM", Class: platform.ReaderSAM, CardIn: true},
}

// row puts readers into PC/SC's order, and cards into them by place.
func row(names []string, cards map[int]platform.Card) platform.Snapshot {
	s := healthy()
	s.Readers.List, s.Cards.List = nil, nil
	for i, name := range names {
		r, known := seats[name]
		if !known {
			panic("no reader is called " + name)
		}
		s.Readers.List = append(s.Readers.List, r)
		if c, in := cards[i]; in {
			c.Reader, c.ReaderIndex = r.Name, i
			s.Cards.List = append(s.Cards.List, c)
		}
	}
	return s
}

// What a program would take that looks at the first reader only, or at the first
// with a card, and where the card is.
func TestReadersInTheWay(t *testing.T) {
	my, suica := myNumber(), platform.Card{Look: platform.Seen(), Kind: platform.KindFeliCa}
	mute := platform.Card{Look: platform.Failure(platform.WhyMute, nil)}
	reading := platform.Card{}
	pulled := myNumber()
	pulled.Look = platform.Failure(platform.WhyLostContact, nil)
	type readers = []string
	type cards = map[int]platform.Card
	fine := []verdict{{ID: checks.NFCOK, Status: checks.OK}}
	found := func(id checks.ID, takes string, cs ...checks.Condition) verdict {
		return verdict{ID: id, Status: checks.Notice, Takes: takes, Conditions: cs}
	}
	tests := []struct {
		name    string
		readers readers
		cards   cards
		want    []verdict
	}{
		{"one reader", readers{"usb+"}, cards{0: my}, fine},
		{"one reader, empty", readers{"usb"}, nil, fine},

		{"virtual first", readers{"hello", "usb+"}, cards{1: my}, []verdict{found(checks.NFCVirtualFirst, "Hello", checks.EmptyFirst)}},
		{"virtual first, no card", readers{"hello", "usb"}, nil, []verdict{found(checks.NFCVirtualFirst, "Hello", checks.EmptyFirst)}},
		{"virtual behind", readers{"usb+", "hello"}, cards{0: my}, fine},
		{"virtual in between", readers{"other", "hello", "usb2+"}, cards{2: my}, []verdict{found(checks.NFCConflict, "Other Reader 5000", checks.EmptyFirst)}},
		{"virtual with a card first", readers{"vsc+", "usb+"}, cards{1: my}, []verdict{found(checks.NFCVirtualFirst, "VSC", checks.WrongCard)}},
		{"virtual with a card in between", readers{"hello", "vsc+", "usb+"}, cards{2: my}, []verdict{
			{ID: checks.NFCVirtualFirst, Status: checks.Notice, Takes: "Hello", Conditions: []checks.Condition{checks.EmptyFirst}},
		}},
		{"virtual with a card behind", readers{"usb+", "vsc+"}, cards{0: my}, fine},

		{"SIM first", readers{"sim+", "usb+"}, cards{1: my}, []verdict{found(checks.NFCSIMSlot, "SIM", checks.WrongCard)}},
		{"SIM first, no card", readers{"sim+", "usb"}, nil, []verdict{found(checks.NFCSIMSlot, "SIM", checks.WrongCard)}},
		{"SIM behind", readers{"usb+", "sim+"}, cards{0: my}, []verdict{found(checks.NFCSIMSlot, "")}},
		{"SIM behind, no card", readers{"usb", "sim+"}, nil, []verdict{found(checks.NFCSIMSlot, "SIM", checks.WrongCard)}},
		{"SIM behind a wrong card", readers{"usb+", "sim+"}, cards{0: suica}, []verdict{found(checks.NFCSIMSlot, "")}},
		{"slot without SIM first", readers{"sim", "usb+"}, cards{1: my}, []verdict{found(checks.NFCSIMSlot, "SIM", checks.EmptyFirst)}},
		{"slot without SIM behind", readers{"usb+", "sim"}, cards{0: my}, fine},
		{"two SIMs, one behind", readers{"sim+", "usb+", "sim2+"}, cards{1: my}, []verdict{found(checks.NFCSIMSlot, "SIM", checks.WrongCard)}},

		{"security key first", readers{"token+", "usb+"}, cards{1: my}, []verdict{found(checks.NFCTokenAsCard, "Key", checks.WrongCard)}},
		{"security key behind", readers{"usb+", "token+"}, cards{0: my}, []verdict{found(checks.NFCTokenAsCard, "")}},
		{"security key without a card first", readers{"token", "usb+"}, cards{1: my}, []verdict{found(checks.NFCTokenAsCard, "Key", checks.EmptyFirst)}},
		{"security key without a card behind", readers{"usb+", "token"}, cards{0: my}, fine},
		{"SAM first", readers{"sam+", "usb+"}, cards{1: my}, fine},

		{"built-in NFC first and empty", readers{"nfc", "usb+"}, cards{1: my}, []verdict{found(checks.NFCConflict, "IFD", checks.EmptyFirst)}},
		{"built-in NFC behind and empty", readers{"usb+", "nfc"}, cards{0: my}, []verdict{found(checks.NFCConflict, "")}},
		{"card on the built-in NFC, which is first", readers{"nfc+", "usb"}, cards{0: my}, []verdict{found(checks.NFCConflict, "", checks.CardOnBuiltIn)}},
		{"card on the built-in NFC, external first", readers{"usb", "nfc+"}, cards{1: my}, []verdict{found(checks.NFCConflict, "USB", checks.CardOnBuiltIn)}},
		{"card on the built-in NFC, another on the external", readers{"usb+", "nfc+"}, cards{0: suica, 1: my}, []verdict{found(checks.NFCConflict, "USB", checks.WrongCard)}},
		{"card on the built-in NFC, another behind", readers{"nfc+", "usb+"}, cards{0: my, 1: suica}, []verdict{found(checks.NFCConflict, "")}},
		{"card on the built-in NFC, another in a slot first", readers{"slot+", "nfc+", "usb"}, cards{0: suica, 1: my}, []verdict{found(checks.NFCConflict, "Slot", checks.WrongCard)}},
		{"built-in NFC and external, no card", readers{"nfc", "usb"}, nil, []verdict{found(checks.NFCConflict, "")}},
		{"built-in NFC and external, a wrong card", readers{"nfc+", "usb"}, cards{0: suica}, []verdict{found(checks.NFCConflict, "")}},
		{"built-in NFC and a built-in slot", readers{"nfc+", "slot"}, cards{0: my}, fine},
		{"built-in NFC and a virtual reader", readers{"nfc+", "hello"}, cards{0: my}, fine},
		{"card in a slot, built-in NFC and external", readers{"slot+", "nfc", "usb"}, cards{0: my}, []verdict{found(checks.NFCConflict, "")}},
		{"built-in NFC alone", readers{"nfc+"}, cards{0: my}, fine},

		{"another empty reader first", readers{"other", "usb+"}, cards{1: my}, []verdict{found(checks.NFCConflict, "Other Reader 5000", checks.EmptyFirst)}},
		{"empty reader of the same name first", readers{"usb", "usb2+"}, cards{1: my}, fine},
		{"empty slot for contacts first", readers{"dual", "dual+"}, cards{1: my}, fine},
		{"the same, named otherwise", readers{"omni", "omni+"}, cards{1: my}, fine},
		{"the same, of one model", readers{"one", "one+"}, cards{1: my}, fine},
		{"empty reader behind", readers{"usb+", "usb2"}, cards{0: my}, fine},
		{"empty built-in slot first", readers{"slot", "usb+"}, cards{1: my}, []verdict{found(checks.NFCConflict, "Slot", checks.EmptyFirst)}},
		{"empty slot of the same device, then another", readers{"usb", "other", "usb2+"}, cards{2: my}, []verdict{found(checks.NFCConflict, "Other Reader 5000", checks.EmptyFirst)}},
		{"two empty readers first", readers{"slot", "usb", "usb2+"}, cards{2: my}, []verdict{found(checks.NFCConflict, "Slot", checks.EmptyFirst)}},
		{"another card first", readers{"usb+", "usb2+"}, cards{0: suica, 1: my}, []verdict{found(checks.NFCConflict, "USB", checks.WrongCard)}},
		{"an empty reader, then another card", readers{"slot", "usb+", "usb2+"}, cards{1: suica, 2: my}, []verdict{found(checks.NFCConflict, "USB", checks.WrongCard)}},
		{"a mute card first", readers{"usb+", "usb2+"}, cards{0: mute, 1: my}, []verdict{found(checks.NFCConflict, "USB", checks.WrongCard)}},
		{"a card that is still being read first", readers{"usb+", "usb2+"}, cards{0: reading, 1: my}, fine},
		{"a card that has left first", readers{"other", "usb2+"}, cards{0: mute, 1: my}, []verdict{found(checks.NFCConflict, "Other Reader 5000", checks.EmptyFirst)}},
		{"the right card was pulled, empty reader first", readers{"usb", "usb2"}, cards{1: pulled}, fine},
		{"another card behind", readers{"usb+", "usb2+"}, cards{0: my, 1: suica}, fine},
		{"wrong card, empty reader first", readers{"usb", "usb2+"}, cards{1: suica}, fine},
		{"card that could not be read, empty reader first", readers{"usb", "usb2+"}, cards{1: mute}, fine},

		{"several at once", readers{"hello", "sim+", "nfc", "token+", "usb+"}, cards{4: my}, []verdict{
			found(checks.NFCVirtualFirst, "Hello", checks.EmptyFirst),
			found(checks.NFCSIMSlot, "SIM", checks.WrongCard),
			found(checks.NFCTokenAsCard, "Key", checks.WrongCard),
			found(checks.NFCConflict, "IFD", checks.EmptyFirst),
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := checks.Diagnose(row(tt.readers, tt.cards), checks.Question{Purpose: checks.Any}, now)
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepNFC)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			ids := map[checks.ID]int{}
			for _, f := range d.Findings {
				if ids[f.ID]++; ids[f.ID] > 1 {
					t.Errorf("%s is said twice", f.ID)
				}
			}
		})
	}
}

// The purpose says which card is the right one.
func TestWrongCardIsAMatterOfPurpose(t *testing.T) {
	s := row([]string{"usb+", "usb2+"}, map[int]platform.Card{0: myNumber(), 1: hpkiCard()})
	tests := []struct {
		purpose checks.Purpose
		want    checks.ID
		takes   string
	}{
		{checks.HPKI, checks.NFCConflict, "USB"},
		{checks.ETax, checks.NFCOK, ""},
		{checks.Any, checks.NFCOK, ""}, // that there are two is told with the card
	}
	for _, tt := range tests {
		f := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, now).Find(tt.want)
		if f == nil || f.Evidence.Takes != tt.takes {
			t.Errorf("for %s: %+v", tt.purpose, f)
		}
	}
}

func TestReadersThatAFindingNames(t *testing.T) {
	my := myNumber()
	tests := []struct {
		name    string
		readers []string
		card    int
		id      checks.ID
		want    []string
	}{
		{"one virtual of two", []string{"hello", "usb+", "vsc+"}, 1, checks.NFCVirtualFirst, []string{"Hello"}},
		{"every SIM", []string{"sim+", "usb+", "sim2+"}, 1, checks.NFCSIMSlot, []string{"SIM", "SIM #2"}},
		{"both sides of a conflict", []string{"usb+", "nfc", "usb2"}, 0, checks.NFCConflict, []string{"IFD", "USB", "USB #2"}},
		{"the empty one and that with the card", []string{"slot", "usb", "usb2+"}, 2, checks.NFCConflict, []string{"Slot", "USB #2"}},
		{"all usable ones", []string{"usb+", "usb2", "hello"}, 0, checks.NFCOK, []string{"USB", "USB #2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := checks.Diagnose(row(tt.readers, map[int]platform.Card{tt.card: my}), checks.Question{Purpose: checks.Any}, now).Find(tt.id)
			if f == nil || !cmp.Equal(f.Evidence.Readers, tt.want) {
				t.Errorf("got %+v, want %v", f, tt.want)
			}
		})
	}
}

// In a remote session the readers are those of the computer at which the user
// sits, and the devices are not.
func TestReadersOfARemoteSession(t *testing.T) {
	remote := func(s *platform.Snapshot) { s.System.RemoteKind = "rdp" }
	device := func(d platform.Device) func(*platform.Snapshot) {
		return func(s *platform.Snapshot) { s.Devices.List = append(s.Devices.List, d) }
	}
	proximity := device(platform.Device{Name: "NFC", Class: platform.ClassNFC})
	joined := device(platform.Device{Name: "NFC", Class: platform.ClassNFC, Reader: "USB #2"})
	winUSB := device(platform.Device{Name: "PaSoRi", Class: platform.ClassKnownReader, Driver: "WinUSB"})
	tests := []struct {
		name    string
		readers []string
		changes []func(*platform.Snapshot)
		want    []verdict
	}{
		{"proximity device here", []string{"usb+"}, []func(*platform.Snapshot){proximity}, []verdict{{ID: checks.NFCConflict, Status: checks.Notice}}},
		{"proximity device far away", []string{"usb+"}, []func(*platform.Snapshot){proximity, remote}, []verdict{{ID: checks.NFCOK, Status: checks.OK}}},
		{"NFC that is a reader here", []string{"usb+", "usb2"}, []func(*platform.Snapshot){joined}, []verdict{{ID: checks.NFCConflict, Status: checks.Notice}}},
		{"reader of the same name far away", []string{"usb+", "usb2"}, []func(*platform.Snapshot){joined, remote}, []verdict{{ID: checks.NFCOK, Status: checks.OK}}},
		{"WinUSB here", []string{"usb+"}, []func(*platform.Snapshot){winUSB}, []verdict{{ID: checks.NFCOnWinUSB, Status: checks.Notice}}},
		{"WinUSB far away", []string{"usb+"}, []func(*platform.Snapshot){winUSB, remote}, []verdict{{ID: checks.NFCOK, Status: checks.OK}}},
		{"built-in NFC where the user sits", []string{"usb+", "nfc"}, []func(*platform.Snapshot){remote}, []verdict{{ID: checks.NFCConflict, Status: checks.Notice, Conditions: []checks.Condition{checks.Elsewhere}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := row(tt.readers, map[int]platform.Card{0: myNumber()})
			for _, change := range tt.changes {
				change(&s)
			}
			d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now)
			if diff := cmp.Diff(tt.want, verdicts(d, checks.StepNFC)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
	s := row([]string{"nfc", "usb+"}, map[int]platform.Card{1: myNumber()})
	remote(&s)
	got := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now).Find(checks.NFCConflict).Evidence.Conditions
	if !cmp.Equal(got, []checks.Condition{checks.Elsewhere, checks.EmptyFirst}) {
		t.Errorf("conditions %v", got)
	}
}

// A snapshot that says of a card that it is in no reader is judged all the same.
func TestCardWithoutAReader(t *testing.T) {
	for _, place := range []int{-1, 7} {
		s := row([]string{"usb", "nfc"}, map[int]platform.Card{0: myNumber()})
		s.Cards.List[0].ReaderIndex = place
		d := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now)
		if got := verdicts(d, checks.StepNFC); !cmp.Equal(got, []verdict{{ID: checks.NFCConflict, Status: checks.Notice}}) {
			t.Errorf("%d: %+v", place, got)
		}
	}
}

func TestConflictNeedsBothLooks(t *testing.T) {
	s := healthy()
	s.Devices = platform.Devices{Look: errNot}
	f := checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now).Find(checks.NFCOK)
	if f == nil || f.Status != checks.Unknown || f.Evidence.Area != platform.AreaDevices {
		t.Errorf("devices not looked at: %+v", f)
	}
	s = row([]string{"hello", "sim+"}, nil)
	f = checks.Diagnose(s, checks.Question{Purpose: checks.Any}, now).Find(checks.NFCOK)
	if f == nil || f.Status != checks.Skipped {
		t.Errorf("no usable reader: %+v", f)
	}
}
