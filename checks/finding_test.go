package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

func TestStepStatus(t *testing.T) {
	d := checks.Diagnosis{Findings: []checks.Finding{
		{ID: checks.CardOK, Step: checks.StepCard, Status: checks.OK},
		{ID: checks.CardSeveral, Step: checks.StepCard, Status: checks.Notice},
		{ID: checks.CertOK, Step: checks.StepCertificate, Status: checks.OK},
		{ID: checks.PinAuthLocked, Step: checks.StepCertificate, Status: checks.Unknown},
		{ID: checks.PinSignatureLastTry, Step: checks.StepCertificate, Status: checks.Notice},
		{ID: checks.ExpiryOK, Step: checks.StepExpiry, Status: checks.Unknown},
		{ID: checks.ExpiryCard, Step: checks.StepExpiry, Status: checks.Problem},
		{ID: checks.NFCOK, Step: checks.StepNFC, Status: checks.Skipped},
	}}
	got := map[checks.Step]checks.Status{}
	for _, s := range steps {
		got[s] = d.StepStatus(s)
	}
	want := map[checks.Step]checks.Status{
		checks.StepReader: checks.Skipped, checks.StepCard: checks.Notice, checks.StepCertificate: checks.Unknown, checks.StepExpiry: checks.Problem,
		checks.StepRevocation: checks.Skipped, checks.StepBrowser: checks.Skipped, checks.StepNFC: checks.Skipped, checks.StepSystem: checks.Skipped,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestAttention(t *testing.T) {
	ids := []checks.ID{
		checks.PinAuthLastTry, checks.PinSignatureLastTry, checks.PinHPKILastTry, checks.ExpiryRenewNow, checks.ExpiryTooNew, checks.ExpiryExpired,
		checks.ExpiryNotYet, checks.ExpiryCard, checks.RevocationRevoked, checks.RevocationMovedOrRenamed, checks.BrowserUnsupported, checks.BrowserSessionStale,
	}
	var d checks.Diagnosis
	for _, id := range checks.IDs() {
		d.Findings = append(d.Findings, checks.Finding{ID: id, Status: checks.Notice}, checks.Finding{ID: id, Status: checks.Problem})
	}
	got := map[checks.ID]int{}
	for _, f := range d.Attention() {
		if f.Status != checks.Notice {
			t.Errorf("%s %s asks for attention beside the cause", f.ID, f.Status)
		}
		got[f.ID]++
	}
	want := map[checks.ID]int{}
	for _, id := range ids {
		want[id] = 1
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attention (-want +got):\n%s", diff)
	}
}

func TestExtensionState(t *testing.T) {
	for _, tt := range []struct {
		x    platform.Extension
		want string
	}{
		{platform.Extension{Installed: true, Enabled: true}, "on"},
		{platform.Extension{Installed: true}, "off"},
		{platform.Extension{Installed: true, EnabledUnknown: true}, "unknown"},
		{platform.Extension{EnabledUnknown: true}, "missing"},
		{platform.Extension{Installed: true, Reasons: []int{2}}, "permission"},
		{platform.Extension{Installed: true, Reasons: []int{2, 16}}, "off"},
		{platform.Extension{Installed: true, Reasons: []int{16384}}, "blocked"},
		{platform.Extension{Installed: true, Reasons: []int{1024}}, "corrupt"},
		{platform.Extension{Installed: true, Enabled: true, FilesMissing: true}, "corrupt"},
	} {
		if got := checks.ExtensionState(tt.x); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.x, got, tt.want)
		}
	}
}

// What is in no graph of a purpose rests on nothing there.
func TestRestsOn(t *testing.T) {
	for _, tt := range []struct {
		purpose checks.Purpose
		id, on  checks.ID
		want    bool
	}{
		{checks.ETax, checks.CertOK, checks.CardAbsent, true},
		{checks.ETax, checks.ExpiryOK, checks.ReaderServiceStopped, true},
		{checks.ETax, checks.ReaderOK, checks.ReaderOK, false},
		{checks.ETax, checks.ExtensionOff, checks.ReaderNone, false},
		{checks.ETax, checks.ExtensionOff, checks.HostMissing, false},
		{checks.HPKI, checks.StoreMissing, checks.PropagationStopped, true},
		{checks.HPKI, checks.StoreHidden, checks.ExpiryExpired, true},
		{checks.HPKI, checks.HostMissing, checks.ClientMissing, false},
		{checks.Any, checks.BrowserOK, checks.SystemOSUnsupported, false},
	} {
		if got := checks.RestsOn(tt.purpose, tt.id, tt.on); got != tt.want {
			t.Errorf("for %s, %s rests on %s: %v", tt.purpose, tt.id, tt.on, got)
		}
	}
}

func TestStandsIn(t *testing.T) {
	for _, tt := range []struct {
		e    checks.Evidence
		want bool
	}{
		{checks.Evidence{OS: "windows", Purpose: checks.ETax, Software: platform.SoftwareMynaportal}, true},
		{checks.Evidence{OS: "darwin", Purpose: checks.ETax, Software: platform.SoftwareMynaportal}, false},
		{checks.Evidence{OS: "windows", Purpose: checks.Mynaportal, Software: platform.SoftwareMynaportal}, false},
		{checks.Evidence{OS: "windows", Purpose: checks.ETax, Software: platform.SoftwareETax}, false},
	} {
		if got := tt.e.StandsIn(); got != tt.want {
			t.Errorf("%+v: %v", tt.e, got)
		}
	}
}

// What lacks a letter or digit of a message is none.
func TestNearlyMessages(t *testing.T) {
	for _, said := range []string{"HJS0407", "MP-IS-I05", "HUB2", "HUB0", "800001", "0x8001", ""} {
		if m, ok := checks.MessageOf(said); ok {
			t.Errorf("%q is taken for %s", said, m)
		}
	}
	for said, want := range map[string]checks.Message{
		"mpa-is-i05": checks.MessageEI1232008, "hjs0407z": checks.MessageHJS0407Z, "ＨＪＳ０４０７Ｚ": checks.MessageHJS0407Z,
	} {
		if m, _ := checks.MessageOf(said); m != want {
			t.Errorf("%q is taken for %q", said, m)
		}
	}
}
