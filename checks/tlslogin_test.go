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
func ca(subject, keyID string, from time.Time) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		s.Store.List = append(s.Store.List, platform.StoreCertificate{
			Store: platform.StoreCA, Software: platform.SoftwareHPKI, CA: true, Subject: subject, KeyID: keyID, NotBefore: from,
		})
	}
}

// Names of CAs of HPKI; what that of JMA is really called is not known.
const (
	medis = "CN=HPKI-01-MedisAuthCA2-forAuthentication-forIndividual,OU=MEDIS HPKI CA,O=MEDIS,C=JP"
	jma   = "CN=HPKI-01-X-forAuthentication-forIndividual,O=X,C=JP"
)

func onDay(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, checks.Japan) }

// masked adds a known CA certificate the name of which is masked, as in a report.
func masked(s *platform.Snapshot) {
	ca("«subject 2»", "5000e5dcd21faf28c09421889bb295a8d47d2796", onDay(2017, 3, 17))(s)
	s.Store.List[len(s.Store.List)-1].SHA256 = "476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3"
}

func provider(change func(*platform.Provider)) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		for i := range s.Clients.Providers {
			change(&s.Clients.Providers[i])
		}
	}
}

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
		{"driver of a name that is not known, at work", all(noProviders, func(s *platform.Snapshot) { mine(s).Provider = "Microsoft Base Smart Card Crypto Provider" }), checks.BrowserOK, checks.OK},
		{"certificate left by a driver that is gone", noProviders, checks.DriverHPKIMissing, checks.Problem},
		{"certificate left by a driver of another name", provider(func(p *platform.Provider) {
			if p.Software == platform.SoftwareHPKI {
				p.Name = "HPKI Crypto Service Provider for Non Repudiation"
			}
		}), checks.DriverHPKIMissing, checks.Problem},
		{"certificate left, providers not looked at", all(noProviders, failed(platform.AreaClients)), checks.DriverHPKIMissing, checks.Unknown},
		{"32-bit library among the 64-bit ones", provider(func(p *platform.Provider) { p.Arch = "386" }), checks.DriverHPKIMissing, checks.Problem},
		{"library for x64 on ARM", all(provider(func(p *platform.Provider) { p.Arch = "amd64" }), func(s *platform.Snapshot) { s.System.Arch = "arm64" }), checks.DriverHPKIMissing, checks.Unknown},
		{"library for ARM on ARM", all(provider(func(p *platform.Provider) { p.Arch = "arm64" }), func(s *platform.Snapshot) { s.System.Arch = "arm64" }), checks.BrowserOK, checks.OK},
		{"32-bit library on 32-bit Windows", all(provider(func(p *platform.Provider) { p.Arch, p.View = "386", 32 }), func(s *platform.Snapshot) { s.System.Arch = "386" }), checks.BrowserOK, checks.OK},
		{"providers not looked at", all(emptyStore, noProviders, failed(platform.AreaClients)), checks.DriverHPKIMissing, checks.Unknown},

		{"certificate not in the store", emptyStore, checks.StoreMissing, checks.Problem},
		{"certificate of another card only", func(s *platform.Snapshot) { mine(s).Serial = "99" }, checks.StoreMissing, checks.Problem},
		{"same serial number of another CA", func(s *platform.Snapshot) { mine(s).IssuerID = "00" }, checks.StoreMissing, checks.Problem},
		{"propagation disabled", all(emptyStore, stop("CertPropSvc", platform.StartDisabled)), checks.PropagationStopped, checks.Problem},
		{"propagation stopped", all(emptyStore, stop("CertPropSvc", platform.StartManual)), checks.PropagationStopped, checks.Problem},
		{"propagation stopped, and not needed", stop("CertPropSvc", platform.StartDisabled), checks.BrowserOK, checks.OK},
		{"propagation not there", all(emptyStore, stop("CertPropSvc", ""), func(s *platform.Snapshot) { s.Services.Find("CertPropSvc").Present = false }), checks.StoreMissing, checks.Problem},
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

		{"CA certificate of the earlier generation, MEDIS", all(issuer(medis, "aa"), ca(medis, "bb", onDay(2025, 3, 16))), checks.StoreCAOutdated, checks.Notice},
		{"CA certificate of the earlier generation, JMA", all(issuer(jma, "aa"), ca(jma, "bb", onDay(2024, 11, 14))), checks.StoreCAOutdated, checks.Notice},
		{"CA certificate of the earlier generation, in a report", all(issuer(medis, "aa"), masked), checks.StoreCAOutdated, checks.Notice},
		{"the earlier one issued the card's", all(issuer(medis, "bb"), ca(medis, "bb", onDay(2017, 3, 17))), checks.BrowserOK, checks.OK},
		{"one of the present generation, MEDIS", all(issuer(medis, "aa"), ca(medis, "bb", onDay(2017, 3, 17)), ca(medis, "cc", onDay(2025, 3, 17))), checks.BrowserOK, checks.OK},
		{"one of the present generation, JMA", all(issuer(jma, "aa"), ca(jma, "bb", onDay(2024, 11, 15))), checks.BrowserOK, checks.OK},
		{"its key is not told", all(issuer(medis, "aa"), ca(medis, "", onDay(2017, 3, 17))), checks.BrowserOK, checks.OK},
		{"that of another authority", all(issuer(jma, "aa"), ca(medis, "bb", onDay(2017, 3, 17))), checks.BrowserOK, checks.OK},
		{"CA certificate of the same name did not sign", func(s *platform.Snapshot) { mine(s).Chain = platform.ChainBroken }, checks.StoreCAOutdated, checks.Notice},

		{"runs without a window", func(s *platform.Snapshot) { edge(s).Windows = 0 }, checks.BrowserBackground, checks.Notice},
		{"Program Compatibility Assistant", func(s *platform.Snapshot) { mine(s).HasKey = false }, checks.SystemProgramCompatibility, checks.Notice},
		{"no browser", func(s *platform.Snapshot) { s.Browsers.List = nil }, checks.BrowserUnsupported, checks.Problem},
		{"clients not looked at", failed(platform.AreaClients), checks.ClientHung, checks.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "hpki-healthy")
			tt.change(&s)
			d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken)
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

// The CA certificate that is there is named where the table knows it.
func TestWhichCAIsOutdated(t *testing.T) {
	for name, tt := range map[string]struct {
		change    func(*platform.Snapshot)
		authority string
	}{
		"known":   {masked, "HPKI-01-MedisAuthCA2-forAuthentication-forIndividual"},
		"unknown": {ca(medis, "bb", onDay(2017, 3, 17)), ""},
	} {
		s := computer(t, "hpki-healthy")
		all(issuer(medis, "aa"), tt.change)(&s)
		f := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Find(checks.StoreCAOutdated)
		if f == nil || f.Evidence.Authority != tt.authority {
			t.Errorf("%s: got %+v", name, f)
		}
	}
}

func TestHiddenConditions(t *testing.T) {
	s := computer(t, "hpki-certificate-hidden")
	mine(&s).KeyUsage, mine(&s).ExtKeyUsage = []string{}, []string{}
	e := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Cause.Evidence
	if d := cmp.Diff([]checks.Condition{checks.KeyUsage, checks.ExtendedKeyUsage, checks.NoProvider}, e.Conditions); d != "" {
		t.Errorf("conditions (-want +got):\n%s", d)
	}
	if e.Leftovers != 1 {
		t.Errorf("%d certificates of other cards, want 1", e.Leftovers)
	}
}

// What a card does not show may be its own, and where it does not show which
// certificate is its own, nothing is counted.
func TestLeftovers(t *testing.T) {
	count := func(s platform.Snapshot) int {
		return checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Find(checks.StoreMissing).Evidence.Leftovers
	}
	s := computer(t, "healthy")
	sign := *mine(&s)
	sign.Serial, sign.KeyUsage, sign.ExtKeyUsage = "77", []string{"digital-signature", "non-repudiation"}, nil
	mine(&s).Serial = "99"
	s.Store.List = append(s.Store.List, sign)
	if n := count(s); n != 1 {
		t.Errorf("%d certificates of other cards, want 1", n)
	}
	s.Cards.List[0].Certificate(platform.RoleAuth).State = platform.CertNeedsPIN
	if n := count(s); n != 0 {
		t.Errorf("%d certificates of other cards, and none is known to be", n)
	}
}

// The driver explains the store, and the card's own date explains both.
func TestWhatExplainsTheStore(t *testing.T) {
	s := computer(t, "hpki-driver-missing")
	stop("CertPropSvc", platform.StartDisabled)(&s)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken)
	if d.Cause.ID != checks.DriverHPKIMissing || !cmp.Equal(d.Cause.Hides, []checks.ID{checks.PropagationStopped, checks.StoreMissing}) {
		t.Errorf("cause %+v", d.Cause)
	}
	s = computer(t, "hpki-healthy")
	later := mine(&s).NotAfter.Add(time.Hour)
	d = checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, later)
	if f := d.Find(checks.StoreHidden); d.Cause.ID != checks.ExpiryExpired || f == nil || f.Status != checks.Skipped {
		t.Errorf("cause %+v, store %+v", d.Cause, f)
	}
}

// Without a card nothing can be said of its certificate, and that the card is
// not there says it all.
func TestStoreWithoutCard(t *testing.T) {
	s := computer(t, "no-card")
	d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken)
	if f := d.Find(checks.StoreMissing); d.Cause.ID != checks.CardAbsent || f == nil || f.Status != checks.Skipped {
		t.Errorf("cause %+v, store %+v", d.Cause, f)
	}
	if f := d.Find(checks.SystemProgramCompatibility); f != nil {
		t.Errorf("a service is blamed for a card that is not there: %+v", f)
	}
}

// A card that has expired is hidden whatever runs.
func TestExpiryExplainsTheDriver(t *testing.T) {
	s := computer(t, "hpki-healthy")
	d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, mine(&s).NotAfter.Add(time.Hour))
	if f := d.Find(checks.SystemProgramCompatibility); d.Cause.ID != checks.ExpiryExpired || f == nil || f.Status != checks.Skipped {
		t.Errorf("cause %+v, assistant %+v", d.Cause, f)
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
		{"no software", all(noProviders, noClients), checks.ClientMissing},
		{"software without its files", all(provider(func(p *platform.Provider) { p.FilesMissing = true }), func(s *platform.Snapshot) { s.Clients.List[1].FilesMissing = true }), checks.ClientMissing},
		{"not in the store", emptyStore, checks.StoreMissing},
		{"hidden", func(s *platform.Snapshot) { mine(s).HasKey = false }, checks.StoreHidden},
		{"propagation", all(emptyStore, stop("CertPropSvc", platform.StartDisabled)), checks.PropagationStopped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "healthy")
			tt.change(&s)
			d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken)
			want(t, d, tt.id, checks.Notice)
			if f := d.Find(checks.StoreMissing); f != nil && f.Evidence.Role != platform.RoleAuth {
				t.Errorf("words for another card: %+v", f)
			}
			way := tt.id != checks.ExtensionOff && tt.id != checks.ExtensionMissing // those register only
			if ok := d.Find(checks.BrowserOK); way == (ok != nil) {
				t.Errorf("browser.ok: %+v", ok)
			}
		})
	}
	for name, change := range map[string]func(*platform.Snapshot){
		"provider speaks for the software": noClients,
		"software without provider":        noProviders,
	} {
		s := computer(t, "healthy")
		change(&s)
		if f := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Find(checks.ClientMissing); f != nil {
			t.Errorf("%s: %+v", name, f)
		}
	}
	s := computer(t, "healthy")
	edge(&s).Look = platform.Failure(platform.WhyError, nil)
	want(t, checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken), checks.ExtensionMissing, checks.Unknown)
}
