package platform

import "time"

// Cards are the cards that are in a reader now.
type Cards struct {
	Look
	List []Card `json:"list,omitempty" share:"plain"`
}

// Card is what one card told without a PIN. Its own look says whether reading
// got to the end; what was read before a failure is kept.
type Card struct {
	Look
	Reader      string `json:"reader" share:"plain"`       // Reader.Name
	ReaderIndex int    `json:"reader_index" share:"plain"` // place in Readers.List
	ATR         string `json:"atr,omitempty" share:"mask"` // hex; some readers put a per-card number in it
	Kind        Kind   `json:"kind,omitempty" share:"plain"`

	// Label is the token label of the JPKI applet, EF 0006, blanks cut off.
	Label string `json:"label,omitempty" share:"plain"`
	// Available is EF 0008 of the JPKI applet: which certificates it says are there.
	Available *Availability `json:"available,omitempty" share:"plain"`

	Certificates []Certificate `json:"certificates,omitempty" share:"plain"`
	Pins         Pins          `json:"pins,omitzero" share:"plain"`

	// Expires is the last day on which the card itself is valid, "2006-01-02"
	// in Japan, or empty.
	Expires string `json:"expires,omitempty" share:"plain"`

	APDUs int `json:"apdus" share:"plain"` // exchanges that reading cost
	Bytes int `json:"bytes" share:"plain"` // bytes sent and received in them
	// Retries counts transient faults (status 6F00, a reset by another
	// program) after which the same exchange or the whole reading was repeated.
	Retries int        `json:"retries,omitempty" share:"plain"`
	Trace   []Exchange `json:"trace,omitempty" share:"plain"`
}

// Certificate returns the certificate with a role, or nil.
func (c Card) Certificate(r Role) *Certificate {
	for i := range c.Certificates {
		if c.Certificates[i].Role == r {
			return &c.Certificates[i]
		}
	}
	return nil
}

// Kind is what sort of card it is. The values are a contract.
type Kind string

// Card kinds.
const (
	KindMyNumber        Kind = "mynumber"
	KindMyNumberUnknown Kind = "mynumber-unknown" // the JPKI applet under a label that nobody has published
	KindJuki            Kind = "juki"             // 住民基本台帳カード
	KindPhoneToken      Kind = "phone-token"      // certificates on a smartphone
	KindHPKI            Kind = "hpki"
	KindPIV             Kind = "piv"
	KindDriverLicence   Kind = "driver-licence"
	KindResidence       Kind = "residence"
	KindPassport        Kind = "passport"
	KindFeliCa          Kind = "felica"
	KindMIFARE          Kind = "mifare"
	KindBCAS            Kind = "bcas"
	KindEMV             Kind = "emv"
	KindOpenPGP         Kind = "openpgp"
	KindUnknown         Kind = "unknown"
)

// Availability is the content of EF 0008. Only the value 8F has been seen for
// a certificate that is there (source: facts/cards.md 1.1, one source), so
// the bytes are kept as they are.
type Availability struct {
	Signature byte `json:"signature" share:"plain"`
	Auth      byte `json:"auth" share:"plain"`
}

// Role is what a certificate on a card is for.
type Role string

// Certificate roles.
const (
	RoleAuth   Role = "auth"    // 利用者証明用電子証明書
	RoleAuthCA Role = "auth-ca" // the CA certificate that the card holds beside it

	RoleHPKIAuth Role = "hpki-auth" // HPKI certificate for authentication
	RoleHPKISign Role = "hpki-sign" // HPKI certificate for signatures
	RoleHPKICA   Role = "hpki-ca"   // a CA certificate on an HPKI card
	RolePIV      Role = "piv"       // PIV slot 9A
)

// CertState says how far reading a certificate got.
type CertState string

// Certificate states.
const (
	CertRead       CertState = "read"
	CertMissing    CertState = "missing"    // the file is not there, or is blank
	CertDamaged    CertState = "damaged"    // there are bytes, but no certificate
	CertNeedsPIN   CertState = "needs-pin"  // the card keeps it behind its PIN
	CertUnreadable CertState = "unreadable" // the card answered with an error, see StatusWord
)

// Certificate is one certificate found on a card.
type Certificate struct {
	Role  Role      `json:"role" share:"plain"`
	State CertState `json:"state" share:"plain"`

	NotBefore time.Time `json:"not_before,omitzero" share:"plain"`
	NotAfter  time.Time `json:"not_after,omitzero" share:"plain"`
	Issuer    string    `json:"issuer,omitempty" share:"plain"`    // RFC 4514
	Subject   string    `json:"subject,omitempty" share:"mask"`    // RFC 4514; a stable id of the holder
	Serial    string    `json:"serial,omitempty" share:"mask"`     // hex
	Key       string    `json:"key,omitempty" share:"plain"`       // "RSA-2048", "EC-P384"
	Size      int       `json:"size,omitempty" share:"plain"`      // bytes of DER
	IssuerID  string    `json:"issuer_id,omitempty" share:"plain"` // authority key identifier, hex

	// KeyID and SHA256 tell which CA a CA certificate is: subject key
	// identifier and digest of the DER, hex. They are empty for a holder's
	// certificate, where they would tell who the holder is.
	KeyID  string `json:"key_id,omitempty" share:"plain"`
	SHA256 string `json:"sha256,omitempty" share:"plain"`

	// HCRole is the health care role in an HPKI certificate, in the words of
	// the certificate ("Medical Doctor"), or empty.
	HCRole string `json:"hc_role,omitempty" share:"plain"`
	// CRL lists the addresses at which the issuer says to publish revocations.
	CRL []string `json:"crl,omitempty" share:"plain"`

	// OCSP lists the addresses of responders that the certificate names.
	OCSP []string `json:"ocsp,omitempty" share:"plain"`
	// DER is a CA certificate of an HPKI card, whole: with it the issuer's
	// answers about the holder's certificate are checked. It is empty for a
	// holder's certificate.
	DER []byte `json:"der,omitempty" share:"plain"`

	// Chain says whether the CA certificate on the card signed this one.
	Chain Chain `json:"chain,omitempty" share:"plain"`
	// StatusWord is the last status word when State is unreadable, hex.
	StatusWord string `json:"status_word,omitempty" share:"plain"`
}

// Chain is the outcome of checking a signature with the CA certificate on the
// same card.
type Chain string

// Chain outcomes. The empty value means that it was not checked, because one
// of the two certificates could not be read.
const (
	ChainUnchecked Chain = ""
	ChainVerified  Chain = "verified"
	ChainBroken    Chain = "broken"
	ChainRoot      Chain = "self-signed"
)

// Pins are the retry counters that the card tells without a PIN.
type Pins struct {
	Auth      Tries `json:"auth,omitzero" share:"plain"`
	Signature Tries `json:"signature,omitzero" share:"plain"`
	HPKI      Tries `json:"hpki,omitzero" share:"plain"`
}

// Exchange is one APDU with the data left out: enough to see what a card did,
// never what it holds.
type Exchange struct {
	Command string `json:"command" share:"plain"` // header, and for SELECT the AID or file id, hex
	Length  int    `json:"length" share:"plain"`  // bytes of data in the answer
	Status  string `json:"status" share:"plain"`  // status word, hex, or "" when none came
}
