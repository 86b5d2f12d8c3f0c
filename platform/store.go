package platform

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Store is the user's view of the system's certificate store: what a browser
// could offer to a page, and the CA certificates above it. Only certificates
// of JPKI and HPKI are recorded.
type Store struct {
	Look
	List []StoreCertificate `json:"list,omitempty" share:"plain"`
	// Preferences are remembered choices of a certificate for one of the
	// listed hosts (macOS identity preferences).
	Preferences []IdentityPreference `json:"preferences,omitempty" share:"plain"`
}

// IdentityPreference is a remembered choice. What was chosen is told only as
// far as it is a certificate of JPKI or HPKI.
type IdentityPreference struct {
	Host     string   `json:"host" share:"plain"`
	Software Software `json:"software,omitempty" share:"plain"`
	Issuer   string   `json:"issuer,omitempty" share:"plain"`
	Subject  string   `json:"subject,omitempty" share:"mask"`
}

// StoreCertificate is one certificate in the store.
type StoreCertificate struct {
	Store    StoreName `json:"store" share:"plain"`
	Software Software  `json:"software" share:"plain"`

	NotBefore time.Time `json:"not_before,omitzero" share:"plain"`
	NotAfter  time.Time `json:"not_after,omitzero" share:"plain"`
	Issuer    string    `json:"issuer,omitempty" share:"plain"`    // RFC 4514
	Subject   string    `json:"subject,omitempty" share:"mask"`    // RFC 4514
	Serial    string    `json:"serial,omitempty" share:"mask"`     // hex; equal to Certificate.Serial for the same certificate
	IssuerID  string    `json:"issuer_id,omitempty" share:"plain"` // authority key identifier, hex

	// KeyID and SHA256 tell which CA a CA certificate is; empty for a holder's.
	CA     bool   `json:"ca,omitempty" share:"plain"`
	KeyID  string `json:"key_id,omitempty" share:"plain"`
	SHA256 string `json:"sha256,omitempty" share:"plain"`

	// KeyUsage is nil when the certificate does not limit it; else it may hold
	// "digital-signature", "non-repudiation" and the like.
	KeyUsage []string `json:"key_usage,omitempty" share:"plain"`
	// ExtKeyUsage holds object identifiers in dotted form; nil when not limited.
	ExtKeyUsage []string `json:"ext_key_usage,omitempty" share:"plain"`

	// HasKey is true when the store names a provider and container for the
	// private key.
	HasKey    bool   `json:"has_key,omitempty" share:"plain"`
	Provider  string `json:"provider,omitempty" share:"plain"`
	Container string `json:"container,omitempty" share:"never"`

	// Chain says whether the issuer's certificate is in the store and signed
	// this one; unchecked when it is not there.
	Chain Chain `json:"chain,omitempty" share:"plain"`
}

// Holders lists the certificates of card holders in the user's own store, by
// their places in List and in an order that holds as long as the store does:
// DeleteCertificate counts them from 1.
func (s Store) Holders() []int {
	var places []int
	for i, c := range s.List {
		if c.Store == StoreMy && !c.CA {
			places = append(places, i)
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		x, y := s.List[a], s.List[b]
		return cmp.Or(x.NotAfter.Compare(y.NotAfter), strings.Compare(x.Issuer, y.Issuer), strings.Compare(x.Serial, y.Serial))
	})
	return places
}

// StoreName names a system store.
type StoreName string

// The stores that are looked into.
const (
	StoreMy   StoreName = "MY"   // 個人
	StoreCA   StoreName = "CA"   // 中間証明機関
	StoreRoot StoreName = "ROOT" // 信頼されたルート証明機関

	StoreLogin  StoreName = "login"  // a Mac user's keychain
	StoreSystem StoreName = "System" // a Mac's keychain for everybody
)
