package cardtest

// App is one application of a chip.
type App struct {
	AID   []byte
	Files []*File
	// Objects are answers to GET DATA, by tag.
	Objects map[uint16][]byte
	// FCI answers a SELECT that asks for it. Where it is nil, one is made of
	// the AID: 6F len 84 len AID.
	FCI []byte
	// Blocked makes SELECT and READ BINARY answer 6283 where they would have
	// answered 9000. The data comes all the same (facts/cards.md 4.5).
	Blocked bool
}

// File returns the EF with an id, or nil.
func (a *App) File(id uint16) *File {
	for _, f := range a.Files {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Remove takes an EF off the application.
func (a *App) Remove(id uint16) {
	kept := a.Files[:0]
	for _, f := range a.Files {
		if f.ID != id {
			kept = append(kept, f)
		}
	}
	a.Files = kept
}

func (a *App) byShortID(sfi byte) *File {
	for _, f := range a.Files {
		if f.shortID() == sfi {
			return f
		}
	}
	return nil
}

func (a *App) fci() []byte {
	if a.FCI != nil {
		return a.FCI
	}
	n := byte(len(a.AID))
	return append([]byte{0x6F, n + 2, 0x84, n}, a.AID...)
}

// File is an EF. It is one of three things: transparent (Data), a list of
// records (Records), or a PIN with its retry counter (PIN).
type File struct {
	ID  uint16
	SFI byte // short EF identifier; 0 means the low five bits of ID

	Data    []byte
	Records [][]byte
	PIN     *PIN

	// NeedsPIN makes every reading end in 6982.
	NeedsPIN bool
	// OffLimits is a file that this program has promised to leave alone: to
	// select it or to read it is a violation.
	OffLimits bool
	// EndOfFile is how the card says that the file is over. With 6B00, the
	// default and the way of JICSAP, the last bytes come with 9000 and only an
	// offset at or behind the end is refused; with 6282 every answer that is
	// shorter than what was asked for says so.
	EndOfFile uint16
}

func (f *File) shortID() byte {
	if f.SFI != 0 {
		return f.SFI
	}
	return byte(f.ID) & 0x1F
}

// read answers a READ BINARY of a transparent file.
func (f *File) read(offset, n int) []byte {
	switch {
	case f.PIN != nil || f.Records != nil:
		return status(swWrongStructure)
	case f.NeedsPIN:
		return status(swNeedsPIN)
	case n == 0:
		return status(swWrongLength)
	}
	word := f.EndOfFile
	if word == 0 {
		word = swWrongOffset
	}
	if offset >= len(f.Data) {
		return status(word)
	}
	data := f.Data[offset:]
	if len(data) >= n {
		return answer(data[:n], swOK)
	}
	if word == swEndOfFile {
		return answer(data, swEndOfFile)
	}
	return answer(data, swOK)
}

// record answers a READ RECORD; records count from 1.
func (f *File) record(n byte, le int) []byte {
	switch {
	case f.Records == nil:
		return status(swWrongStructure)
	case f.NeedsPIN:
		return status(swNeedsPIN)
	case le == 0:
		return status(swWrongLength)
	case n == 0 || int(n) > len(f.Records):
		return status(swNoRecord)
	}
	r := f.Records[n-1]
	return answer(r[:min(len(r), le)], swOK)
}

// PIN is a retry counter. Nothing on a chip can unlock or verify a PIN.
type PIN struct {
	Tries int // left; none left is locked
	// Locked answers a query when no try is left: 6984 by default. Cards and
	// interfaces differ: 6983 and 63C0 have been seen too.
	Locked uint16
}

func (p *PIN) query() []byte {
	if p.Tries > 0 {
		return status(swTriesLeft | uint16(min(p.Tries, 15)))
	}
	if p.Locked == 0 {
		return status(swBlocked)
	}
	return status(p.Locked)
}

// spend does what a card does with a wrong PIN.
func (p *PIN) spend() []byte {
	if p.Tries > 0 {
		p.Tries--
		return status(swTriesLeft | uint16(min(p.Tries, 15)))
	}
	return p.query()
}
