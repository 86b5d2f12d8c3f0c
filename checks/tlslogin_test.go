package checks_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

func mine(s *platform.Snapshot) *platform.StoreCertificate { return &s.Store.List[0] }

// ca adds a CA certificate of HPKI to the store.
func ca(keyID, sha256 string, from time.Time) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		s.Store.List = append(s.Store.List, platform.StoreCertificate{
			Store: platform.StoreCA, Software: platform.SoftwareHPKI, CA: true, KeyID: keyID, SHA256: sha256, NotBefore: from,
		})
	}
}

// oldMEDIS are the two CA certificates that were replaced in 2025.
const (
	oldMEDIS   = "476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3"
	oldMEDISID = "5000e5dcd21faf28c09421889bb295a8d47d2796"
)

func issuer(name, keyID string) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		auth := s.Cards.List[0].Certificate(platform.RoleHPKIAuth)
		auth.Issuer, auth.IssuerID = name, keyID
		mine(s).Issuer, mine(s).IssuerID = name, keyID
	}
}

func stop(name string, start platform.ServiceStart) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		v := s.Services.Find(name)
		v.Running, v.Start = false, start
	}
}

func emptyStore(s *platform.Snapshot) { s.Store.List = nil }

func noProviders(s *platform.Snapshot) { s.Clients.Providers = nil }

// A row breaks one thing on a computer that is ready for HPKI-KAGURA.
func TestTLSLogin(t *testing.T) {
	yesterday := func(s *platform.Snapshot) time.Time { return s.Taken.Add(-24 * time.Hour) }
	tests := []struct {
		name   string
		change func(*platform.Snapshot)
		id     checks.ID
		status checks.Status
	}{
		{"healthy", func(*platform.Snapshot) {}, checks.BrowserOK, checks.OK},
		{"native hosts and extensions do not matter", all(noHosts, noClients, gone), checks.BrowserOK, checks.OK},

		{"driver missing", all(emptyStore, noProviders), checks.DriverHPKIMissing, checks.Problem},
		{"driver for 32 bits only", all(emptyStore, func(s *platform.Snapshot) {
			for i := range s.Clients.Providers {
				s.Clients.Providers[i].View = 32
			}
		}), checks.DriverHPKIMissing, checks.Problem},
		{"driver's files gone", all(emptyStore, func(s *platform.Snapshot) {
			for i := range s.Clients.Providers {
				s.Clients.Providers[i].FilesMissing = true
			}
		}), checks.DriverHPKIMissing, checks.Problem},
		{"driver of a name that is not known, at work", noProviders, checks.BrowserOK, checks.OK},
		{"providers not looked at", all(emptyStore, noProviders, failed(platform.AreaClients)), checks.DriverHPKIMissing, checks.Unknown},

		{"certificate not in the store", emptyStore, checks.StoreMissing, checks.Problem},
		{"certificate of another card only", func(s *platform.Snapshot) { mine(s).Serial = "99" }, checks.StoreMissing, checks.Problem},
		{"same serial number of another CA", func(s *platform.Snapshot) { mine(s).IssuerID = "00" }, checks.StoreMissing, checks.Problem},
		{"propagation disabled", all(emptyStore, stop("CertPropSvc", platform.StartDisabled)), checks.PropagationStopped, checks.Problem},
		{"propagation stopped", all(emptyStore, stop("CertPropSvc", platform.StartManual)), checks.PropagationStopped, checks.Problem},
		{"propagation stopped, and not needed", stop("CertPropSvc", platform.StartDisabled), checks.BrowserOK, checks.OK},
		{"propagation not looked at", all(emptyStore, func(s *platform.Snapshot) {
			*s.Services.Find("CertPropSvc") = platform.Service{Look: platform.Failure(platform.WhyAccessDenied, nil), Name: "CertPropSvc"}
		}), checks.StoreMissing, checks.Problem},
		{"propagation disabled, as the registry tells", all(emptyStore, stop("CertPropSvc", platform.StartDisabled), func(s *platform.Snapshot) {
			s.Services.Find("CertPropSvc").Look = platform.Failure(platform.WhyAccessDenied, nil)
		}), checks.PropagationStopped, checks.Problem},
		{"store not looked at", failed(platform.AreaStore), checks.StoreMissing, checks.Unknown},
		{"card did not tell which", func(s *platform.Snapshot) {
			s.Cards.List[0].Certificate(platform.RoleHPKIAuth).State = platform.CertNeedsPIN
		}, checks.StoreMissing, checks.Unknown},

		{"store's copy expired", func(s *platform.Snapshot) { mine(s).NotAfter = yesterday(s) }, checks.StoreHidden, checks.Problem},
		{"store's copy not valid yet", func(s *platform.Snapshot) { mine(s).NotBefore = s.Taken.Add(time.Hour) }, checks.StoreHidden, checks.Problem},
		{"key usage", func(s *platform.Snapshot) { mine(s).KeyUsage = []string{"non-repudiation"} }, checks.StoreHidden, checks.Problem},
		{"key usage not limited", func(s *platform.Snapshot) { mine(s).KeyUsage = nil }, checks.BrowserOK, checks.OK},
		{"extended key usage", func(s *platform.Snapshot) { mine(s).ExtKeyUsage = []string{"1.3.6.1.4.1.311.20.2.2"} }, checks.StoreHidden, checks.Problem},
		{"any extended key usage", func(s *platform.Snapshot) { mine(s).ExtKeyUsage = []string{"2.5.29.37.0"} }, checks.BrowserOK, checks.OK},
		{"extended key usage not limited", func(s *platform.Snapshot) { mine(s).ExtKeyUsage = nil }, checks.BrowserOK, checks.OK},
		{"no provider", func(s *platform.Snapshot) { mine(s).HasKey = false }, checks.StoreHidden, checks.Problem},
		{"a better copy beside", func(s *platform.Snapshot) {
			s.Store.List = append(s.Store.List, *mine(s))
			mine(s).HasKey = false
		}, checks.BrowserOK, checks.OK},

		{"CA certificate of the earlier generation", all(issuer("CN=HPKI-01-X,O=MEDIS,C=JP", "aa"), ca(oldMEDISID, oldMEDIS, time.Time{})), checks.StoreCAOutdated, checks.Notice},
		{"the earlier one issued the card's", all(issuer("CN=HPKI-01-X,O=MEDIS,C=JP", oldMEDISID), ca(oldMEDISID, oldMEDIS, time.Time{})), checks.BrowserOK, checks.OK},
		{"the newer one is there too", all(issuer("CN=HPKI-01-X,O=MEDIS,C=JP", "aa"), ca(oldMEDISID, oldMEDIS, time.Time{}), ca("bb", "cc", time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC))), checks.BrowserOK, checks.OK},
		{"that of another authority", all(issuer("CN=HPKI-01-X,O=JMA,C=JP", "aa"), ca(oldMEDISID, oldMEDIS, time.Time{})), checks.BrowserOK, checks.OK},
		{"CA certificate of the same name did not sign", func(s *platform.Snapshot) { mine(s).Chain = platform.ChainBroken }, checks.StoreCAOutdated, checks.Notice},

		{"Program Compatibility Assistant", func(s *platform.Snapshot) { mine(s).HasKey = false }, checks.SystemProgramCompatibility, checks.Notice},
		{"no browser", func(s *platform.Snapshot) { s.Browsers.List = nil }, checks.BrowserUnsupported, checks.Problem},
		{"clients not looked at", failed(platform.AreaClients), checks.ClientHung, checks.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "hpki-healthy")
			tt.change(&s)
			d := checks.Diagnose(s, checks.HPKI, s.Taken)
			want(t, d, tt.id, tt.status)
			if d.Find(checks.BrowserOK) != nil && d.Find(checks.SystemProgramCompatibility) != nil {
				t.Error("the Program Compatibility Assistant is blamed for nothing")
			}
			if newer := d.Find(checks.StoreCAOutdated); newer != nil && tt.id != checks.StoreCAOutdated {
				t.Errorf("a CA certificate is said to be old: %+v", newer)
			}
		})
	}
}

func TestHiddenConditions(t *testing.T) {
	s := computer(t, "hpki-certificate-hidden")
	mine(&s).KeyUsage, mine(&s).ExtKeyUsage = []string{}, []string{}
	e := checks.Diagnose(s, checks.HPKI, s.Taken).Cause.Evidence
	if d := cmp.Diff([]checks.Condition{checks.KeyUsage, checks.ExtendedKeyUsage, checks.NoProvider}, e.Conditions); d != "" {
		t.Errorf("conditions (-want +got):\n%s", d)
	}
	if e.Leftovers != 1 {
		t.Errorf("%d certificates of other cards, want 1", e.Leftovers)
	}
}

// The driver explains the store, and the card's own date explains both.
func TestWhatExplainsTheStore(t *testing.T) {
	s := computer(t, "hpki-driver-missing")
	stop("CertPropSvc", platform.StartDisabled)(&s)
	d := checks.Diagnose(s, checks.HPKI, s.Taken)
	if d.Cause.ID != checks.DriverHPKIMissing || !cmp.Equal(d.Cause.Hides, []checks.ID{checks.PropagationStopped, checks.StoreMissing}) {
		t.Errorf("cause %+v", d.Cause)
	}
	s = computer(t, "hpki-healthy")
	later := mine(&s).NotAfter.Add(time.Hour)
	d = checks.Diagnose(s, checks.HPKI, later)
	if f := d.Find(checks.StoreHidden); d.Cause.ID != checks.ExpiryExpired || f == nil || f.Status != checks.Skipped {
		t.Errorf("cause %+v, store %+v", d.Cause, f)
	}
}

// Without a card nothing can be said of its certificate, and that the card is
// not there says it all.
func TestStoreWithoutCard(t *testing.T) {
	s := computer(t, "no-card")
	d := checks.Diagnose(s, checks.HPKI, s.Taken)
	if f := d.Find(checks.StoreMissing); d.Cause.ID != checks.CardAbsent || f == nil || f.Status != checks.Skipped {
		t.Errorf("cause %+v, store %+v", d.Cause, f)
	}
}

// A My Number Card may be registered with HPKI-KAGURA or not, so what it lacks
// is never the cause.
func TestMyNumberCardForHPKI(t *testing.T) {
	jpki := func(s *platform.Snapshot) *platform.Extension { return &edge(s).Profiles[0].Extensions[1] }
	tests := []struct {
		name   string
		change func(*platform.Snapshot)
		id     checks.ID
	}{
		{"JPKI extension off", func(s *platform.Snapshot) { jpki(s).Enabled, jpki(s).Reasons = false, []int{1} }, checks.ExtensionOff},
		{"JPKI extension missing", func(s *platform.Snapshot) { jpki(s).Installed = false }, checks.ExtensionMissing},
		{"not in the store", emptyStore, checks.StoreMissing},
		{"hidden", func(s *platform.Snapshot) { mine(s).HasKey = false }, checks.StoreHidden},
		{"propagation", all(emptyStore, stop("CertPropSvc", platform.StartDisabled)), checks.PropagationStopped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "healthy")
			tt.change(&s)
			want(t, checks.Diagnose(s, checks.HPKI, s.Taken), tt.id, checks.Notice)
		})
	}
}
