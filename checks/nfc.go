package checks

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// nfc judges whether something that is no reader for cards, or a second one,
// stands in the way of the reader in use. Which reader official software takes
// is not published. Programs are known to take the first that PC/SC lists, or
// the first that shows a card (facts/cards.md 6.2 and 7): what such a one would
// take is named, and is no problem before it is proven.
func nfc(in input) []Finding {
	_, usable := readerNames(in.s.Readers.List)
	if len(usable) == 0 {
		return []Finding{find(NFCOK, Unknown, Evidence{Area: platform.AreaReaders})}
	}
	found := append(strangers(in), conflict(in)...)
	if names := winUSBReaders(in.s); len(names) > 0 {
		found = append(found, find(NFCOnWinUSB, Notice, Evidence{Devices: names}))
	}
	if len(found) == 0 {
		return []Finding{find(NFCOK, OK, Evidence{Readers: usable})}
	}
	return found
}

// seat is the place of the reader with the chosen card in PC/SC's list. Without
// a card every reader stands before it.
func seat(in input) int {
	if in.card == nil || in.card.ReaderIndex < 0 {
		return len(in.s.Readers.List)
	}
	return in.card.ReaderIndex
}

// strangers lists what looks like a reader with a card to other programs, each
// kind once.
func strangers(in input) []Finding {
	var found []Finding
	for _, k := range []struct {
		class platform.ReaderClass
		id    ID
		empty bool // it is there on many computers, and disturbs only where a program would take it
	}{
		{platform.ReaderVirtual, NFCVirtualFirst, true},
		{platform.ReaderSIM, NFCSIMSlot, false},
		{platform.ReaderToken, NFCTokenAsCard, false},
	} {
		var e Evidence
		for i, r := range in.s.Readers.List {
			if r.Class != k.class {
				continue
			}
			c := strangerTaken(in, i)
			if c == "" && (k.empty || !r.CardIn) {
				continue
			}
			e.Readers = append(e.Readers, r.Name)
			if c != "" && e.Takes == "" {
				e.Takes, e.Conditions = r.Name, []Condition{c}
			}
		}
		if len(e.Readers) > 0 {
			found = append(found, find(k.id, Notice, e))
		}
	}
	return found
}

// strangerTaken says why a program would take a reader that nobody can put a card
// into, or is "".
func strangerTaken(in input, i int) Condition {
	switch r := in.s.Readers.List[i]; {
	case r.CardIn && i < seat(in):
		return WrongCard
	case i == 0:
		return EmptyFirst
	}
	return ""
}

// conflict says that there is NFC inside the computer beside an external reader,
// or that a reader without the right card stands before the one with it.
func conflict(in input) []Finding {
	builtIn, external := sides(in)
	taken, c := ahead(in)
	e := Evidence{Takes: taken}
	switch {
	case len(builtIn) > 0 && len(external) > 0:
		e.Readers = append(slices.Clone(builtIn), external...)
		if c != WrongCard && onBuiltIn(in, builtIn, external) {
			c = CardOnBuiltIn
		}
	case taken != "":
		e.Readers = []string{taken, in.s.Readers.List[seat(in)].Name}
	default:
		return nil
	}
	if elsewhere(in.s.System) {
		e.Conditions = []Condition{Elsewhere}
	}
	if c != "" {
		e.Conditions = append(e.Conditions, c)
	}
	return []Finding{find(NFCConflict, Notice, e)}
}

// sides names the NFC inside the computer and the external readers. Where the
// system told which device is behind a reader, the two are counted once. Devices
// are those of the computer on the screen, and do not count where the readers
// are not.
func sides(in input) (builtIn, external []string) {
	var inside []string    // readers that are the computer's own NFC
	var proximity []string // its NFC that PC/SC does not list
	for _, d := range in.s.Devices.List {
		switch {
		case d.Class != platform.ClassNFC || d.Problem != 0 || elsewhere(in.s.System):
		case d.Reader != "":
			inside = append(inside, d.Reader)
		default:
			// The system keeps it to itself; it is there all the same.
			proximity = append(proximity, d.Name)
		}
	}
	for _, r := range in.s.Readers.List {
		switch {
		case r.Class == platform.ReaderBuiltNFC, slices.Contains(inside, r.Name):
			builtIn = append(builtIn, r.Name)
		case r.Class == platform.ReaderPlain:
			external = append(external, r.Name)
		}
	}
	if len(builtIn) == 0 {
		builtIn = proximity
	}
	return builtIn, external
}

// ahead is the reader before the one with the right card that a program would
// take which looks no further: the first with another card, else the first of
// all. Those that nobody can put a card into are told by strangers.
func ahead(in input) (name string, c Condition) {
	if !rightCard(in) {
		return "", ""
	}
	list := in.s.Readers.List
	for i, r := range list[:seat(in)] {
		switch {
		case !r.Usable():
		case r.CardIn && cardRead(in.s, i):
			return r.Name, WrongCard
		case !r.CardIn && name == "" && !sameDevice(r, list[seat(in)]):
			name, c = r.Name, EmptyFirst
		}
	}
	return name, c
}

// sameDevice reports whether two readers may be slots of one device, as its part
// for contacts and that for contactless cards: no program is known to stop at the
// empty one. The NFC inside the computer is a device of its own.
func sameDevice(a, b platform.Reader) bool {
	if a.Class != b.Class {
		return false
	}
	return a.Model != "" && a.Model == b.Model || slices.Equal(deviceWords(a.Name), deviceWords(b.Name))
}

// deviceWords are the words of a reader's name without those that tell slots of
// one device apart: "ACR1281 1S Dual Reader PICC 0", "OMNIKEY 5422CL".
func deviceWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !isLatin(r) && !isJapanese(r) })
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "cl")
	}
	return slices.DeleteFunc(words, func(w string) bool {
		_, isNumber := number(w)
		return isNumber && len(w) < 3 || slices.Contains([]string{"", "icc", "picc", "contact", "contactless", "slot"}, w)
	})
}

// rightCard reports whether the chosen card is there and serves the purpose.
func rightCard(in input) bool {
	return in.card != nil && in.card.OK() && suits(in.card.Kind, in.question.Purpose) > 0 && seat(in) < len(in.s.Readers.List)
}

// cardRead reports whether reading the card in a reader has ended, however it did.
func cardRead(s platform.Snapshot, reader int) bool {
	return slices.ContainsFunc(s.Cards.List, func(c platform.Card) bool { return c.ReaderIndex == reader && c.Settled() })
}

// onBuiltIn reports whether the right card is on the NFC inside the computer and
// no external reader has one.
func onBuiltIn(in input, builtIn, external []string) bool {
	if !rightCard(in) || !slices.Contains(builtIn, in.s.Readers.List[seat(in)].Name) {
		return false
	}
	return !slices.ContainsFunc(in.s.Readers.List, func(r platform.Reader) bool {
		return r.CardIn && slices.Contains(external, r.Name)
	})
}

// winUSBReaders names known readers that run on a driver which makes no reader
// of them.
func winUSBReaders(s platform.Snapshot) []string {
	if elsewhere(s.System) { // no program that runs here uses readers of this computer
		return nil
	}
	var names []string
	for _, d := range s.Devices.List {
		if onWinUSB(d) && d.Problem == 0 && d.Reader == "" {
			names = append(names, d.Name)
		}
	}
	return names
}
