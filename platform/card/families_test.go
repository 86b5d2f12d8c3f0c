package card_test

import (
	"testing"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
)

// Every family is named, and is asked for no more than its name.
func TestNamedOnly(t *testing.T) {
	tests := []struct {
		name string
		chip *cardtest.Chip
		want platform.Kind
	}{
		{"driving licence", cardtest.Applets(cardtest.AIDLicence1, cardtest.AIDLicence2, cardtest.AIDLicence3), platform.KindDriverLicence},
		{"residence card", cardtest.Applets(cardtest.AIDResidence1, cardtest.AIDResidence2), platform.KindResidence},
		{"passport", cardtest.Applets(cardtest.AIDPassport), platform.KindPassport},
		{"contactless bank card", cardtest.Applets(cardtest.AIDPPSE), platform.KindEMV},
		{"bank card", cardtest.Applets(cardtest.AIDPSE), platform.KindEMV},
		{"OpenPGP", cardtest.Applets(cardtest.AIDOpenPGP), platform.KindOpenPGP},
		{"PIV", cardtest.PIV(cardtest.PIVOptions{}).Chip, platform.KindPIV},
		{"a key with both is named by PIV", cardtest.Applets(cardtest.AIDOpenPGP, cardtest.AIDPIV), platform.KindPIV},
		{"SIM", cardtest.SIM(), platform.KindUnknown},
		{"Suica", cardtest.Storage(cardtest.ATRFeliCa), platform.KindFeliCa},
		{"MIFARE Classic", cardtest.Storage(cardtest.ATRMIFARE1K), platform.KindMIFARE},
		{"MIFARE Ultralight", cardtest.Storage(cardtest.ATRMIFAREUltralight), platform.KindMIFARE},
		{"DESFire", cardtest.Storage([]byte{0x3B, 0x81, 0x80, 0x01, 0x80, 0x80}), platform.KindMIFARE},
		{"B-CAS", cardtest.Storage(cardtest.ATRBCAS), platform.KindBCAS},
		{"A-CAS", cardtest.Storage(cardtest.ATRACAS), platform.KindBCAS},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, tt.chip)
			if !got.OK() || got.Kind != tt.want || len(got.Certificates) > 0 {
				t.Errorf("look %+v, kind %q, want %q", got.Look, got.Kind, tt.want)
			}
		})
	}
}

// A card that answers SELECT with neither yes nor no was not identified.
func TestUnsureCard(t *testing.T) {
	for _, sw := range []uint16{0x6F00, 0x6300} {
		chip := cardtest.NewChip(cardtest.ATRTypeB)
		chip.RefuseAll(sw)
		if got := read(t, chip); got.State != platform.Failed || got.Why != platform.WhyError {
			t.Errorf("%04X: %+v", sw, got.Look)
		}
	}
}

func TestMoreMyNumberCards(t *testing.T) {
	face := read(t, cardtest.MyNumber(cardtest.Options{FaceAuthentication: true}))
	if face.Kind != platform.KindMyNumber || !face.Pins.Auth.IsLocked() || !face.Pins.Signature.IsLocked() || face.Available.Signature != 0 {
		t.Errorf("face authentication: %+v", face)
	}
	next := read(t, cardtest.MyNumber(cardtest.Options{NextGeneration: true}))
	if auth := next.Certificate(platform.RoleAuth); next.Kind != platform.KindMyNumberUnknown || auth == nil || auth.Key != "EC-P384" || auth.Chain != platform.ChainVerified {
		t.Errorf("next generation: %q, %+v", next.Kind, auth)
	}
	test := read(t, cardtest.MyNumber(cardtest.Options{TestCard: true}))
	if auth := test.Certificate(platform.RoleAuth); auth == nil || auth.State != platform.CertRead {
		t.Errorf("test card: %+v", auth)
	}
}
