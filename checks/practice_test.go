package checks_test

import (
	"testing"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// Every practice computer teaches what its name says, and nothing else.
func TestPracticeComputers(t *testing.T) {
	nothing := checks.ID("")
	for name, want := range map[string]struct {
		etax, mynaportal, hpki, any checks.ID
	}{
		"healthy":                 {},
		"no-reader":               {checks.ReaderNone, checks.ReaderNone, checks.ReaderNone, checks.ReaderNone},
		"no-card":                 {checks.CardAbsent, checks.CardAbsent, checks.CardAbsent, checks.CardAbsent},
		"service-disabled":        {checks.ReaderServiceDisabled, checks.ReaderServiceDisabled, checks.ReaderServiceDisabled, checks.ReaderServiceDisabled},
		"reader-on-winusb":        {checks.ReaderNotPCSC, checks.ReaderNotPCSC, checks.ReaderNotPCSC, checks.ReaderNotPCSC},
		"nfc-conflict":            {},
		"expired":                 {checks.ExpiryExpired, checks.ExpiryExpired, checks.ExpiryExpired, checks.ExpiryExpired},
		"renew-soon":              {},
		"pin-locked":              {checks.PinAuthLocked, checks.PinAuthLocked, checks.PinAuthLocked, checks.PinAuthLocked},
		"signature-locked":        {checks.PinSignatureLocked, nothing, nothing, checks.PinSignatureLocked},
		"juki-card":               {checks.CardJuki, checks.CardJuki, checks.CardJuki, checks.CardJuki},
		"extension-off":           {checks.ExtensionOff, checks.ExtensionOff, nothing, nothing},
		"extension-permission":    {checks.ExtensionPermission, checks.ExtensionPermission, nothing, nothing},
		"host-broken":             {checks.HostBroken, checks.HostBroken, nothing, nothing},
		"client-missing":          {checks.ClientMissing, checks.ClientMissing, nothing, nothing},
		"windows-10":              {checks.SystemOSUnsupported, nothing, nothing, nothing},
		"hpki-healthy":            {checks.CardWrongKind, checks.CardWrongKind, nothing, nothing},
		"hpki-driver-missing":     {checks.CardWrongKind, checks.CardWrongKind, checks.DriverHPKIMissing, nothing},
		"hpki-certificate-hidden": {checks.CardWrongKind, checks.CardWrongKind, checks.StoreHidden, nothing},
		"hpki-not-revoked":        {checks.CardWrongKind, checks.CardWrongKind, nothing, nothing},
		"hpki-revoked":            {checks.CardWrongKind, checks.CardWrongKind, checks.RevocationRevoked, checks.RevocationRevoked},
		"sim-slot":                {},
		"just-issued":             {},
		"two-faults":              {checks.PinSignatureLocked, checks.ExtensionOff, nothing, checks.PinSignatureLocked},

		"mac-healthy":              {nothing, nothing, checks.SystemOSUnsupported, nothing},
		"mac-no-rosetta":           {checks.ClientArchitecture, checks.ClientArchitecture, checks.SystemOSUnsupported, nothing},
		"mac-jpki-missing":         {checks.ClientMissing, checks.ClientMissing, checks.SystemOSUnsupported, nothing},
		"mac-safari-extension-off": {checks.ExtensionOff, checks.ExtensionOff, checks.SystemOSUnsupported, nothing},
		"mac-driver-hidden":        {checks.ReaderDriverMissing, checks.ReaderDriverMissing, checks.ReaderDriverMissing, checks.ReaderDriverMissing},
		"mac-accessory":            {checks.ReaderNone, checks.ReaderNone, checks.ReaderNone, checks.ReaderNone},
		"mac-sonoma-driver":        {checks.ReaderDriverMissing, checks.ReaderDriverMissing, checks.ReaderDriverMissing, checks.ReaderDriverMissing},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := practice.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := platform.Observe(t.Context(), c, nil)
			if err != nil {
				t.Fatal(err)
			}
			for p, cause := range map[checks.Purpose]checks.ID{checks.ETax: want.etax, checks.Mynaportal: want.mynaportal, checks.HPKI: want.hpki, checks.Any: want.any} {
				d := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
				got := nothing
				if d.Cause != nil {
					got = d.Cause.ID
				}
				if got != cause {
					t.Errorf("for %s: cause %q, want %q", p, got, cause)
				}
				for _, f := range d.Findings {
					// How to use HPKI-KAGURA on a Mac is not described.
					known := s.System.OS == "darwin" && p == checks.HPKI && f.ID == checks.BrowserOK
					if f.Status == checks.Unknown && !known {
						t.Errorf("for %s: %s is unknown: %+v", p, f.ID, f.Evidence)
					}
				}
			}
		})
	}
}
