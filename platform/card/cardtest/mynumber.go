package cardtest

import (
	"crypto/x509"
	"fmt"
	"math/rand/v2"
	"time"
)

// Token labels in EF 0006 (facts/cards.md 1.2).
const (
	LabelMyNumber = "JPKIAPICCTOKEN2"
	LabelJuki     = "JPKIAPICCTOKEN"
	LabelAndroid  = "JPKIAPGPSETOKEN"
	LabelIPhone   = "JPKIAPIOSTOKEN"
)

// LabelNext stands for the label of the next generation of cards, which nobody
// has published.
const LabelNext = "TESTNEXTTOKEN"

// TestSubject is the common name in every holder's certificate.
const TestSubject = "TEST0000000000000000001A"

// TestSerial and TestMunicipality are the first 20 digits of the card number.
const (
	TestSerial       = "000000000000000"
	TestMunicipality = "99999"
)

// Locked is a retry counter without a try left.
const Locked = -1

// Application identifiers on a My Number Card.
var (
	AIDJPKI   = []byte{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}
	AIDCommon = []byte{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}
	AIDText   = []byte{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}
	AIDISD    = []byte{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00}
)

// ATRs of My Number Cards: the contact chip, and what readers make of the card
// on their antenna.
var (
	ATRContact     = []byte{0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80, 0x12, 0x39, 0x2F, 0x31, 0xC1, 0x73, 0xC6, 0x01, 0xC0, 0x3B}
	ATRContactless = []byte{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x05, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x7F}
)

// Flaw is what is wrong with a certificate file.
type Flaw int

// Flaws. OtherCA is for the holder's certificate only.
const (
	Intact  Flaw = iota
	Missing      // there is no such EF: 6A82
	Blank        // all FF, or whatever else pads the files of the card
	Cut          // the EF ends in the middle of the certificate
	Damaged      // the EF has the right size, but random bytes in it
	OtherCA      // signed by another CA with the same name as the one on the card
	ByPIN        // 6982, as on a phone token
)

// Options says what a My Number Card is like. The zero value is a healthy card
// with fixed dates (see NotAfter), so a test that judges it brings its own clock.
type Options struct {
	ATR   []byte // default ATRContact
	Label string // default LabelMyNumber

	// NotBefore and NotAfter of the authentication certificate, by default
	// 2024-05-10 and 2029-05-09. See EndOfDay.
	NotBefore, NotAfter time.Time
	// CardExpires is the last day of the card, by default 2034-05-09. Only
	// year, month and day count.
	CardExpires time.Time

	// AuthTries and SignatureTries are the tries left; 0 stands for a counter
	// that was never touched (3 and 5), Locked for none.
	AuthTries, SignatureTries int
	// LockedWord answers the query of a locked counter: 6984 by default, or
	// 6983 or 63C0.
	LockedWord uint16

	Key KeyKind
	// CertificateSize and CASize are the exact lengths of the DER; 0 means as
	// long as it happens to be, which is about 1070 and 970 bytes for RSA and
	// 340 less for P384. They can only be made longer, by 20 bytes or more.
	CertificateSize, CASize int

	Certificate Flaw // of the authentication certificate, EF 000A
	CA          Flaw // of the CA certificate, EF 000B
	// EndOfFile is how the card says that a certificate file is over: 6B00 by
	// default, or 6282.
	EndOfFile uint16
	// Available is EF 0008, by default 8F 8F 00: both certificates are there.
	Available []byte

	TestCard bool // O=JPKI-TEST
	// FaceAuthentication is a card without PIN services (facts/cards.md 2). That
	// it has no signature certificate has three sources. What it says of that has
	// none: that EF 0008 reads 00 8F 00, and that both PINs read as locked, is
	// the likeliest guess, and Available, AuthTries and SignatureTries overrule it.
	FaceAuthentication bool
	// NextGeneration is the card announced for 2028: P-384 with SHA-384 and
	// certificates that last ten years (facts/cards.md 3.5). AIDs, file ids and
	// label are not published. This card says LabelNext, and has today's AIDs and
	// files for want of others; a card with neither is NewChip(ATRContact).
	NextGeneration bool
	// NoShortIDs, if not zero, answers commands that use short EF identifiers.
	NoShortIDs uint16
	// OnlyJPKI leaves out the other applications, as on a Juki card or a phone.
	OnlyJPKI bool
	// WithISD adds the card manager.
	WithISD bool
}

// MyNumberCard is a chip, and the certificates that were put on it. They are
// there even if a flaw keeps readers from seeing them.
type MyNumberCard struct {
	*Chip
	Certificate *x509.Certificate
	CA          *x509.Certificate
}

// MyNumber makes a My Number Card as facts/cards.md 1 and 2 describe it. It
// panics where the options ask for a certificate that cannot be.
func MyNumber(o Options) *MyNumberCard {
	o = o.withDefaults()
	card := &MyNumberCard{}
	card.CA, card.Certificate = certificates(o)
	apps := []*App{jpki(o, card.Certificate.Raw, card.CA.Raw)}
	if !o.OnlyJPKI {
		apps = append(apps, commonApp(o), textApp(o))
	}
	if o.WithISD {
		apps = append(apps, isd(o))
	}
	card.Chip = NewChip(o.ATR, apps...)
	card.RefuseShortIDs(o.NoShortIDs)
	return card
}

// JPKI returns the JPKI applet, for a test that changes the card.
func (c *MyNumberCard) JPKI() *App { return c.App(AIDJPKI) }

func (o Options) withDefaults() Options {
	if o.FaceAuthentication {
		o = o.faceless()
	}
	if o.NextGeneration {
		o = o.nextGeneration()
	}
	if o.ATR == nil {
		o.ATR = ATRContact
	}
	if o.Label == "" {
		o.Label = LabelMyNumber
	}
	if o.Available == nil {
		o.Available = []byte{0x8F, 0x8F, 0x00}
	}
	o.NotBefore, o.NotAfter = validity(o.NotBefore, o.NotAfter)
	if o.CardExpires.IsZero() {
		o.CardExpires = EndOfDay(2034, time.May, 9)
	}
	return o
}

// faceless fills in what a face-authentication card says of what it has not.
func (o Options) faceless() Options {
	if o.AuthTries == 0 {
		o.AuthTries = Locked
	}
	if o.SignatureTries == 0 {
		o.SignatureTries = Locked
	}
	if o.Available == nil {
		o.Available = []byte{0x00, 0x8F, 0x00}
	}
	return o
}

func (o Options) nextGeneration() Options {
	o.Key = P384
	if o.Label == "" {
		o.Label = LabelNext
	}
	if o.NotAfter.IsZero() {
		o.NotAfter = EndOfDay(2034, time.May, 9)
	}
	return o
}

func (o Options) organization() string {
	if o.TestCard {
		return "JPKI-TEST"
	}
	return "JPKI"
}

func (o Options) counter(tries, fresh int) *PIN { return counter(tries, fresh, o.LockedWord) }

func counter(tries, fresh int, locked uint16) *PIN {
	switch {
	case tries == 0:
		tries = fresh
	case tries < 0:
		tries = 0
	}
	return &PIN{Tries: tries, Locked: locked}
}

func certificates(o Options) (ca, holder *x509.Certificate) {
	keys := keyrings[o.Key]()
	template := caTemplate(o.organization())
	ca = issue(template, template, keys.ca.Public(), keys.ca, o.CASize)
	parent, signer := ca, keys.ca
	if o.Certificate == OtherCA {
		signer = keys.stranger
		parent = issue(template, template, signer.Public(), signer, 0)
	}
	return ca, issue(holderTemplate(o), parent, keys.holder.Public(), signer, o.CertificateSize)
}

func jpki(o Options, certificate, ca []byte) *App {
	app := &App{AID: AIDJPKI, Files: []*File{
		{ID: 0x0001, Data: padded(nil, 0xFF), NeedsPIN: true, OffLimits: true},
		{ID: 0x0002, Data: padded(ca, 0xFF)},
		{ID: 0x0006, Data: tokenInfo(o.Label)},
		{ID: 0x0008, Data: o.Available},
		certificateFile(0x000A, certificate, o.Certificate, o.EndOfFile, 0xFF),
		certificateFile(0x000B, ca, o.CA, o.EndOfFile, 0xFF),
		{ID: 0x0018, PIN: o.counter(o.AuthTries, 3)},
		{ID: 0x001B, PIN: o.counter(o.SignatureTries, 5)},
	}}
	if o.Certificate == Missing {
		app.Remove(0x000A)
	}
	if o.CA == Missing {
		app.Remove(0x000B)
	}
	return app
}

func certificateFile(id uint16, der []byte, flaw Flaw, endOfFile uint16, padding byte) *File {
	f := &File{ID: id, EndOfFile: endOfFile, Data: padded(der, padding), NeedsPIN: flaw == ByPIN}
	switch flaw {
	case Blank:
		fill(f.Data, padding)
	case Cut:
		f.Data = f.Data[:len(der)/2]
	case Damaged:
		scramble(f.Data)
	}
	return f
}

// padded puts DER into a file that is larger, as on the real card, where the
// rest is FF.
func padded(der []byte, padding byte) []byte {
	const block = 512
	data := zeros((len(der)/block + 1) * block)
	fill(data[copy(data, der):], padding)
	return data
}

func fill(b []byte, value byte) {
	for i := range b {
		b[i] = value
	}
}

// scramble writes the same random bytes every time, and never what could be
// the beginning of a certificate.
func scramble(b []byte) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	b[0] = 0x17
}

// tokenInfo is EF 0006: PKCS#11's CK_TOKEN_INFO, written out in 160 bytes.
func tokenInfo(label string) []byte {
	info := fmt.Appendf(nil, "%-32s%-32s%-16s%-16s", label, "TEST", "TESTMODEL", "TEST0000")
	return append(info, zeros(160-len(info))...)
}

// commonApp holds the card number and the day on which the card expires.
func commonApp(o Options) *App {
	digits := TestSerial + TestMunicipality + o.CardExpires.Format("20060102")
	record := append([]byte{0x01, byte(len(digits))}, digits...)
	return &App{AID: AIDCommon, Files: []*File{
		{ID: 0x0001, Records: [][]byte{record}},
		{ID: 0x001C, PIN: o.counter(0, 10)},
	}}
}

func textApp(o Options) *App {
	return &App{AID: AIDText, Files: []*File{
		{ID: 0x0002, Data: padded(nil, 0xFF), NeedsPIN: true, OffLimits: true},
		{ID: 0x0005, Data: zeros(16)},
		{ID: 0x0011, PIN: o.counter(0, 3)},
		{ID: 0x0014, PIN: o.counter(0, 10)},
		{ID: 0x0015, PIN: o.counter(0, 10)},
	}}
}

func isd(o Options) *App {
	return &App{AID: AIDISD, Objects: map[uint16][]byte{
		0x00F0: []byte(TestMunicipality),
		0x00F2: []byte(o.CardExpires.Format("20060102")),
		0x5F51: ATRContact,
	}}
}
