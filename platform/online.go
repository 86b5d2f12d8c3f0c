package platform

import "time"

// Online is what was learned over the network. Nothing is asked there before
// the user pressed the button that says so: until then its look is [NotAsked].
type Online struct {
	Look
	// Sites are the hosts of the chosen service, as far as they were tried.
	Sites []SiteAnswer `json:"sites,omitempty" share:"plain"`
	// Revocations tell what issuers publish about the certificates of the card.
	Revocations []Revocation `json:"revocations,omitempty" share:"plain"`
}

// NotAsked is the look of what lies behind the network while nobody has asked
// for it.
func NotAsked() Look { return Look{State: Refused, Why: WhyNotAsked} }

// SiteAnswer is how trying to reach one host of a service went. Any answer of
// the host itself, a refusal included, is an observed one.
type SiteAnswer struct {
	Look
	Host     string `json:"host" share:"plain"`
	Status   int    `json:"status,omitempty" share:"plain"`    // of HTTP
	ViaProxy bool   `json:"via_proxy,omitempty" share:"plain"` // a proxy of this computer was asked
}

// Revocation is one answer about one certificate of the card: what was fetched,
// and what it says. What it is worth is a judgement: see package checks.
type Revocation struct {
	Look
	Role   Role             `json:"role" share:"plain"`             // of the certificate
	Serial string           `json:"serial,omitempty" share:"mask"`  // of the certificate, hex
	Source RevocationSource `json:"source,omitempty" share:"plain"` // "" when there was nothing to ask
	URL    string           `json:"url,omitempty" share:"plain"`

	// Signature says whether the issuer on the card, or a responder whom it
	// named, signed the answer.
	Signature  Chain     `json:"signature,omitempty" share:"plain"`
	ThisUpdate time.Time `json:"this_update,omitzero" share:"plain"`
	NextUpdate time.Time `json:"next_update,omitzero" share:"plain"` // zero when the answer names none

	Status    RevocationStatus `json:"status,omitempty" share:"plain"`
	RevokedAt time.Time        `json:"revoked_at,omitzero" share:"plain"`
	Reason    int              `json:"reason,omitempty" share:"plain"` // of RFC 5280 5.3.1

	Size int `json:"size,omitempty" share:"plain"` // bytes fetched
}

// RevocationSource is what kind of answer an issuer gives.
type RevocationSource string

// The sources.
const (
	SourceCRL  RevocationSource = "crl"
	SourceOCSP RevocationSource = "ocsp"
)

// RevocationStatus is what an answer says of a certificate.
type RevocationStatus string

// The statuses. An answer that does not speak of the certificate has none.
const (
	RevocationGood    RevocationStatus = "good"
	RevocationRevoked RevocationStatus = "revoked"
)
