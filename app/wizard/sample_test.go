package wizard

import (
	"errors"
	"time"

	"yomitori/checks"
	"yomitori/platform"
)

var sampleTime = time.Date(2026, 11, 23, 12, 0, 0, 0, checks.Japan)

// Masked values that no page may show.
const (
	secretSubject = "CN=SUBJECT-OF-THE-HOLDER"
	secretSerial  = "5EC2E75E21A1"
	secretATR     = "3B00A7A7A7"
)

// sample is a snapshot by name. All but "failed" and "refused" build on a
// computer that is well.
func sample(name string) platform.Snapshot {
	s := platform.Snapshot{Schema: platform.Schema, Taken: sampleTime}
	if name == "blank" {
		return s
	}
	for _, a := range platform.Areas {
		*s.Look(a) = platform.Seen()
	}
	s.System.OS = "windows"
	s.Services.List = []platform.Service{{Name: "SCardSvr", Present: true, Running: true, Start: platform.StartManual}}
	s.Browsers.List = []platform.Browser{{Name: "chrome", Version: "142.0"}}
	s.Readers.List = []platform.Reader{{Name: "SONY FeliCa RC-S300/P", Model: "RC-S300", CardIn: true}}
	switch name {
	case "failed":
		s.Readers = platform.Readers{Look: platform.Failure(platform.WhyNotBuilt, errors.ErrUnsupported)}
		return s
	case "refused":
		s.Readers = platform.Readers{Look: platform.Failure(platform.WhyAccessDenied, nil)}
		return s
	case "service":
		s.Readers = platform.Readers{Look: platform.Failure(platform.WhyServiceStopped, nil)}
		s.Services.List[0].Start = platform.StartDisabled
		return s
	case "no reader":
		s.Readers.List = nil
		return s
	case "no card":
		s.Readers.List[0].CardIn = false
		return s
	}
	s.Cards.List = []platform.Card{sampleCard(name)}
	if name == "other reader" {
		s.Readers.List = append(s.Readers.List, s.Readers.List[0])
		s.Cards.List[0].ReaderIndex = 1
	}
	return s
}

func sampleCard(name string) platform.Card {
	const reader = "SONY FeliCa RC-S300/P"
	c := platform.Card{
		Look: platform.Seen(), Reader: reader, Kind: platform.KindMyNumber, Label: "JPKIAPICCTOKEN2",
		ATR: secretATR, APDUs: 27, Bytes: 4200, Expires: "2031-05-05",
		Certificates: []platform.Certificate{{
			Role: platform.RoleAuth, State: platform.CertRead, Chain: platform.ChainVerified, Key: "RSA-2048",
			NotBefore: sampleTime.AddDate(-1, 0, 0), NotAfter: sampleTime.AddDate(3, 2, 0),
			Issuer:  "OU=Japan Local Government Authentication Agency,OU=JPKI for user authentication,O=JPKI,C=JP",
			Subject: secretSubject, Serial: secretSerial,
		}},
		Pins: platform.Pins{Auth: platform.TriesLeft(3), Signature: platform.TriesLeft(5)},
	}
	switch name {
	case "reading":
		return platform.Card{Reader: reader}
	case "mute":
		return platform.Card{Look: platform.Failure(platform.WhyMute, nil), Reader: reader}
	case "lost":
		return platform.Card{Look: platform.Failure(platform.WhyLostContact, nil), Reader: reader}
	case "busy":
		return platform.Card{Look: platform.Failure(platform.WhyBusy, nil), Reader: reader}
	case "felica":
		return platform.Card{Look: platform.Seen(), Reader: reader, Kind: platform.KindFeliCa}
	case "juki":
		c.Kind = platform.KindJuki
	case "other card":
		c.Certificates[0].Serial = secretSerial + "2"
	case "renew soon":
		c.Certificates[0].NotAfter = sampleTime.AddDate(0, 1, 0)
	case "hpki":
		return sampleHPKI(c)
	case "expired":
		c.Certificates[0].NotAfter = sampleTime.AddDate(0, 0, -40)
	case "locked":
		c.Pins.Auth = platform.Locked()
	case "last try":
		c.Pins.Signature = platform.TriesLeft(1)
	}
	return c
}

// sampleHPKI is a card for health professionals whose certificates end on
// different days.
func sampleHPKI(c platform.Card) platform.Card {
	auth := c.Certificates[0]
	auth.Role, auth.HCRole = platform.RoleHPKIAuth, "Medical Doctor"
	sign := auth
	sign.Role, sign.NotAfter = platform.RoleHPKISign, auth.NotAfter.AddDate(0, 0, 1)
	ca := auth
	ca.Role, ca.HCRole = platform.RoleHPKICA, ""
	c.Kind, c.Label, c.Expires = platform.KindHPKI, "", ""
	c.Certificates = []platform.Certificate{auth, sign, ca}
	c.Pins = platform.Pins{HPKI: platform.TriesLeft(4)}
	return c
}
