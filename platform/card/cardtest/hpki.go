package cardtest

import (
	"crypto"
	"crypto/x509"
	"time"
)

// AIDs of the two applications on an HPKI card (facts/cards.md 4.1), and the
// beginning that they have in common: whoever selects that finds them all.
var (
	RIDHPKI          = []byte{0xE8, 0x28, 0xBD, 0x08, 0x0F}
	AIDHPKISignature = []byte{0xE8, 0x28, 0xBD, 0x08, 0x0F, 0xA0, 0, 0, 0x03, 0x91, 0, 0, 0, 0, 0, 0x01}
	AIDHPKIAuth      = []byte{0xE8, 0x28, 0xBD, 0x08, 0x0F, 0xA0, 0, 0, 0x03, 0x91, 0, 0, 0, 0, 0, 0x02}
)

// HPKILayout is where an HPKI card keeps its files, and how it says so.
type HPKILayout int

const (
	// FieldLayout is what was seen on a sample card of the Japan Medical
	// Association (facts/cards.md 4.1): paths are file ids of two bytes.
	FieldLayout HPKILayout = iota
	// GuidelineLayout is the example of the guideline (facts/cards.md 4.5): paths
	// are short ids, shifted left by three, in one byte.
	GuidelineLayout
)

// HPKIChain is the CA certificates on an HPKI card.
type HPKIChain int

// Chains. For a holder's certificate that the CA on the card did not sign, see
// OtherCA.
const (
	ChainOnCard HPKIChain = iota // root and subordinate CA
	ChainAbsent                  // neither on the card nor in its directory
	ChainBroken                  // another root of the same name signed the subordinate CA
)

// HPKIOptions says what an HPKI card is like. The zero value is a healthy card
// with FieldLayout, the dates of a My Number Card, and no role.
type HPKIOptions struct {
	ATR    []byte // default ATRHPKIContact
	Layout HPKILayout

	// Role is the hcRole of the holder, such as "Medical Doctor". Certificates
	// without one exist. RoleCode is the number that may stand before it.
	Role, RoleCode string
	// NotBefore and NotAfter of both holder's certificates, by default 2024-05-10
	// and 2029-05-09.
	NotBefore, NotAfter time.Time
	// CertificateSize is the exact length of both; see Options.
	CertificateSize int

	Signature, Auth HPKIPart
	Chain           HPKIChain

	// Padding fills files behind their objects: 00 by default, or FF. No source
	// says which of them real cards use.
	Padding byte
	// EndOfFile is how the card says that a file is over: 6B00 by default, or 6282.
	EndOfFile uint16
	// LockedWord answers the query of a locked counter, by default 6984.
	LockedWord uint16
	// NoShortIDs, if not zero, answers commands that use short EF identifiers.
	// With GuidelineLayout nothing can be found then.
	NoShortIDs uint16
}

// HPKIPart is the state of one of the two applications.
type HPKIPart struct {
	Absent bool
	// Tries left; 0 stands for a counter that was never touched (15), Locked for
	// none. The two applications count apart.
	Tries int
	// Blocked is an application that answers SELECT and READ BINARY with 6283.
	Blocked     bool
	Certificate Flaw // of the holder's certificate
	// CRL is the distribution point in it, by default CRLHPKISignature or
	// CRLHPKIAuth, and OCSP the responder, by default none.
	CRL, OCSP string
}

// HPKICard is a chip, and the certificates that were put on it. They are there
// even if a flaw keeps readers from seeing them.
type HPKICard struct {
	*Chip
	Root            *x509.Certificate
	Signature, Auth HPKIApp
}

// HPKIApp is one application of an HPKI card.
type HPKIApp struct {
	App             *App // nil where it is absent
	Files           HPKIFiles
	Certificate, CA *x509.Certificate
	CAKey           crypto.Signer // for lists and answers that the CA publishes
}

// File returns one of the files, for a test that changes it.
func (a HPKIApp) File(id uint16) *File { return a.App.File(id) }

// HPKI makes an HPKI card. It panics where the options ask for a certificate
// that cannot be.
func HPKI(o HPKIOptions) *HPKICard {
	o.NotBefore, o.NotAfter = validity(o.NotBefore, o.NotAfter)
	if o.ATR == nil {
		o.ATR = ATRHPKIContact
	}
	keys := hpkiKeys()
	card := &HPKICard{Root: hpkiRoot(keys.root)}
	card.Signature = hpkiApp(o, hpkiSignature, card.Root, keys)
	card.Auth = hpkiApp(o, hpkiAuth, card.Root, keys)
	var apps []*App
	for _, a := range []HPKIApp{card.Signature, card.Auth} {
		if a.App != nil {
			apps = append(apps, a.App)
		}
	}
	card.Chip = NewChip(o.ATR, apps...)
	card.RefuseShortIDs(o.NoShortIDs)
	return card
}

// HPKIFiles are the ids of the files in an application, 0 where there is none.
// The low five bits are the short id.
type HPKIFiles struct {
	OD, CIAInfo               uint16
	AOD, PrKD, PuKD, CD, DCOD uint16 // directories
	PIN, Key                  uint16
	Certificate, Root, CA     uint16
	pinReference              byte // P2 of VERIFY
	pathsAreShort             bool
}

// hpkiFiles are the files of each layout.
//
// FieldLayout: nobody has told where its CA certificates are, only that they
// are on the card, so 0017 and 0018 are made up. So is 0008 for the PIN, which
// only has to be what P2 88 means.
//
// GuidelineLayout: the ids of two bytes are the issuer's own. Here they are such
// that only the short ids of the directory lead to the files, and 0016 to none.
var hpkiFiles = map[HPKILayout]HPKIFiles{
	FieldLayout: {
		OD: 0x5031, AOD: 0x0001, PrKD: 0x0002, PuKD: 0x0003, CD: 0x0004, DCOD: 0x0005,
		PIN: 0x0008, Key: 0x000C, Certificate: 0x0016, Root: 0x0017, CA: 0x0018,
		pinReference: 0x88,
	},
	GuidelineLayout: {
		OD: 0x5031, CIAInfo: 0x5032, AOD: 0x2F13, PrKD: 0x2F14, CD: 0x2F15,
		PIN: 0x2F16, Key: 0x2F17, Certificate: 0x2F18, Root: 0x2F19, CA: 0x2F1A,
		pinReference: 0x96, pathsAreShort: true,
	},
}

func hpkiApp(o HPKIOptions, k hpkiKind, root *x509.Certificate, keys hpkiKeyring) HPKIApp {
	part := k.part(o)
	a := HPKIApp{Files: hpkiFiles[o.Layout]}
	if o.Chain == ChainAbsent {
		a.Files.Root, a.Files.CA = 0, 0
	}
	a.CA, a.Certificate = k.certificates(o, root, keys)
	a.CAKey = k.key(keys)
	if part.Absent {
		return a
	}
	a.App = &App{AID: k.aid, Blocked: part.Blocked}
	a.addDirectory(o, k)
	a.App.Files = append(a.App.Files,
		&File{ID: a.Files.PIN, PIN: counter(part.Tries, 15, o.LockedWord)},
		&File{ID: a.Files.Key, NeedsPIN: true, OffLimits: true},
	)
	if part.Certificate != Missing {
		a.addCertificate(o, a.Files.Certificate, a.Certificate, part.Certificate)
	}
	a.addCertificate(o, a.Files.Root, root, Intact)
	a.addCertificate(o, a.Files.CA, a.CA, Intact)
	return a
}

func (a HPKIApp) addCertificate(o HPKIOptions, id uint16, c *x509.Certificate, flaw Flaw) {
	if id != 0 {
		a.App.Files = append(a.App.Files, certificateFile(id, c.Raw, flaw, o.EndOfFile, o.Padding))
	}
}

// addDirectory adds the files that say where the others are.
func (a HPKIApp) addDirectory(o HPKIOptions, k hpkiKind) {
	add := func(id uint16, der []byte) {
		if id != 0 {
			f := &File{ID: id, EndOfFile: o.EndOfFile, Data: padded(der, o.Padding)}
			a.App.Files = append(a.App.Files, f)
		}
	}
	add(a.Files.OD, a.Files.od())
	add(a.Files.CIAInfo, ciaInfo())
	add(a.Files.AOD, a.Files.aod(k))
	add(a.Files.PrKD, a.Files.prkd(k))
	add(a.Files.PuKD, a.Files.pukd(k))
	add(a.Files.CD, a.Files.cd(k))
	add(a.Files.DCOD, nil)
}
