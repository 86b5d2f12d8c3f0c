package checks_test

import (
	"slices"
	"time"

	"yomitori/platform"
)

// change makes one thing different on a computer. A change that finds nothing
// to act on does nothing, so that any may follow any other.
type change = func(*platform.Snapshot)

func atServices(name string, change func(*platform.Service)) change {
	return func(s *platform.Snapshot) {
		if v := s.Services.Find(name); v != nil {
			change(v)
		}
	}
}

func disabled(name string) change {
	return atServices(name, func(v *platform.Service) { v.Running, v.Start = false, platform.StartDisabled })
}

func started(name string, start platform.ServiceStart) change {
	return atServices(name, func(v *platform.Service) { v.Running, v.Start = true, start })
}

// pcscFails is a computer on which PC/SC could not be asked for readers.
func pcscFails(why platform.Why) change {
	return func(s *platform.Snapshot) {
		s.Readers = platform.Readers{Look: platform.Failure(why, nil)}
		s.Cards = platform.Cards{Look: platform.Failure(why, nil)}
		for i := range s.Devices.List {
			s.Devices.List[i].Reader, s.Devices.List[i].Joined = "", false
		}
	}
}

// serviceOff is what tools for tuning leave behind.
func serviceOff(s *platform.Snapshot) {
	pcscFails(platform.WhyNoService)(s)
	disabled("SCardSvr")(s)
}

// serviceStopped is a service that somebody stopped while a reader was attached.
func serviceStopped(s *platform.Snapshot) {
	pcscFails(platform.WhyNoService)(s)
	atServices("SCardSvr", func(v *platform.Service) { v.Running = false })(s)
}

// unplugged takes every reader away; Windows puts its service to sleep then.
func unplugged(s *platform.Snapshot) {
	s.Devices.List, s.Drivers.SystemReaders = nil, nil
	if s.System.OS != "windows" {
		s.Readers.List, s.Cards.List = nil, nil
		return
	}
	pcscFails(platform.WhyNoService)(s)
	atServices("SCardSvr", func(v *platform.Service) { v.Running = false })(s)
}

// notListed takes the readers out of PC/SC's list; the devices stay.
func notListed(s *platform.Snapshot) {
	s.Readers.List, s.Cards.List = nil, nil
	for i := range s.Devices.List {
		s.Devices.List[i].Reader = ""
	}
}

// deviceProblem is a reader that Windows shows with a problem code.
func deviceProblem(code int) change {
	return func(s *platform.Snapshot) {
		notListed(s)
		for i := range s.Devices.List {
			s.Devices.List[i].Problem = code
		}
	}
}

// deadHub lists a reader that went away with its hub.
func deadHub(s *platform.Snapshot) {
	s.Devices.List, s.Cards.List = nil, nil
	for i := range s.Readers.List {
		s.Readers.List[i].Unavailable, s.Readers.List[i].CardIn = true, false
	}
}

// onlyHello leaves the reader that Windows Hello for Business makes of itself.
func onlyHello(s *platform.Snapshot) {
	s.Readers.List, s.Cards.List = []platform.Reader{hello}, nil
	s.Devices.List = []platform.Device{{Bus: "swd", Name: hello.Name, Class: platform.ClassCCID, Reader: hello.Name, Joined: true}}
}

var (
	hello   = platform.Reader{Name: "Windows Hello for Business", Class: platform.ReaderVirtual}
	simSlot = platform.Reader{Name: "UICC ISO Reader", Class: platform.ReaderSIM, CardIn: true}
	yubiKey = platform.Reader{Name: "Yubico YubiKey OTP+FIDO+CCID", Class: platform.ReaderToken, CardIn: true}
	inside  = platform.Reader{Name: "Microsoft IFD", Class: platform.ReaderBuiltNFC, Interface: platform.InterfaceContactless}
)

// readerFirst puts a reader before those that are there, readerLast behind.
func readerFirst(r platform.Reader) change {
	return func(s *platform.Snapshot) {
		s.Readers.List = append([]platform.Reader{r}, s.Readers.List...)
		for i := range s.Cards.List {
			s.Cards.List[i].ReaderIndex++
		}
	}
}

func readerLast(r platform.Reader) change {
	return func(s *platform.Snapshot) { s.Readers.List = append(s.Readers.List, r) }
}

// cardOnTheOther moves the card to the last reader in the list.
func cardOnTheOther(s *platform.Snapshot) {
	last := len(s.Readers.List) - 1
	for i := range s.Cards.List {
		c := &s.Cards.List[i]
		s.Readers.List[c.ReaderIndex].CardIn, s.Readers.List[last].CardIn = false, true
		c.Reader, c.ReaderIndex = s.Readers.List[last].Name, last
	}
}

func device380(s *platform.Snapshot) {
	s.Devices.List = append(s.Devices.List, platform.Device{
		Bus: "usb", Vendor: "054c", Product: "06c3", Name: "RC-S380/P", Class: platform.ClassKnownReader, Driver: "WINUSB", Joined: true,
	})
}

func cardOut(s *platform.Snapshot) {
	s.Cards.List = nil
	for i := range s.Readers.List {
		s.Readers.List[i].CardIn = false
	}
}

// atCards changes every card that is in a reader.
func atCards(change func(*platform.Card)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Cards.List {
			change(&s.Cards.List[i])
		}
	}
}

// cardFails is a card that could not be read to the end.
func cardFails(why platform.Why) change {
	return atCards(func(c *platform.Card) {
		*c = platform.Card{Look: platform.Failure(why, nil), Reader: c.Reader, ReaderIndex: c.ReaderIndex}
	})
}

// otherCard puts a card of another kind in the place of the one that is in.
func otherCard(k platform.Kind) change {
	return func(s *platform.Snapshot) {
		atCards(func(c *platform.Card) {
			*c = platform.Card{Look: platform.Seen(), Reader: c.Reader, ReaderIndex: c.ReaderIndex, Kind: k}
		})(s)
		s.Store.List = nil
	}
}

// securityKey is a card, or a key, that holds a PIV certificate.
func securityKey(s *platform.Snapshot) {
	otherCard(platform.KindPIV)(s)
	atCards(func(c *platform.Card) {
		c.Certificates = []platform.Certificate{{
			Role: platform.RolePIV, State: platform.CertRead, NotBefore: s.Taken.AddDate(-1, 0, 0), NotAfter: s.Taken.AddDate(4, 0, 0),
		}}
	})(s)
}

// secondCard puts the same kind of card on another reader.
func secondCard(s *platform.Snapshot) {
	s.Readers.List = append(s.Readers.List, platform.Reader{Name: "ACS ACR39U ICC Reader", Interface: platform.InterfaceContact, CardIn: true})
	c := s.Cards.List[0]
	c.Reader, c.ReaderIndex = "ACS ACR39U ICC Reader", len(s.Readers.List)-1
	s.Cards.List = append(s.Cards.List, c)
}

// atCertificate changes the certificate that logs in, on the card and where
// Windows has copied it to.
func atCertificate(change func(*platform.Certificate)) change {
	return atCards(func(c *platform.Card) {
		for _, r := range []platform.Role{platform.RoleAuth, platform.RoleHPKIAuth} {
			if v := c.Certificate(r); v != nil {
				change(v)
			}
		}
	})
}

// atSigning changes the certificate of an HPKI card that signs.
func atSigning(change func(*platform.Certificate)) change {
	return atCards(func(c *platform.Card) {
		if v := c.Certificate(platform.RoleHPKISign); v != nil {
			change(v)
		}
	})
}

func certificateIs(state platform.CertState) change {
	return atCertificate(func(v *platform.Certificate) {
		*v = platform.Certificate{Role: v.Role, State: state}
	})
}

// dates sets the first and last moment of the certificate, in the store as well.
func dates(from, to time.Time) change {
	return func(s *platform.Snapshot) {
		atCertificate(func(v *platform.Certificate) {
			if v.State == platform.CertRead {
				v.NotBefore, v.NotAfter = from, to
			}
		})(s)
		for i := range s.Store.List {
			if v := &s.Store.List[i]; !v.CA {
				v.NotBefore, v.NotAfter = from, to
			}
		}
	}
}

// japan is a moment in Japan.
func japan(y int, m time.Month, d, h, minute, sec int) time.Time {
	return time.Date(y, m, d, h, minute, sec, 0, time.FixedZone("JST", 9*60*60))
}

var (
	lastSecond = japan(2026, 11, 16, 23, 59, 59)
	fiveYears  = lastSecond.AddDate(-5, 0, 0)
)

func expiredCertificate(s *platform.Snapshot) {
	dates(fiveYears.AddDate(-1, 0, 0), s.Taken.Add(-time.Hour))(s)
}

func notYetValid(s *platform.Snapshot) { dates(s.Taken.Add(time.Hour), s.Taken.AddDate(5, 0, 0))(s) }

func signingExpired(s *platform.Snapshot) {
	atSigning(func(v *platform.Certificate) {
		v.NotBefore, v.NotAfter = fiveYears.AddDate(-1, 0, 0), s.Taken.Add(-time.Hour)
	})(s)
}

func signingNotYet(s *platform.Snapshot) {
	atSigning(func(v *platform.Certificate) {
		v.NotBefore, v.NotAfter = s.Taken.Add(time.Hour), s.Taken.AddDate(5, 0, 0)
	})(s)
}

func justIssued(s *platform.Snapshot) { dates(s.Taken.Add(-3*time.Hour), s.Taken.AddDate(5, 0, 0))(s) }

func cardExpired(s *platform.Snapshot) {
	atCards(func(c *platform.Card) { c.Expires = s.Taken.AddDate(0, 0, -2).Format(time.DateOnly) })(s)
}

func brokenChain(s *platform.Snapshot) {
	atCertificate(func(v *platform.Certificate) { v.Chain = platform.ChainBroken })(s)
}

func unknownCA(s *platform.Snapshot) {
	atCards(func(c *platform.Card) {
		for i := range c.Certificates {
			c.Certificates[i].SHA256 = ""
		}
	})(s)
}

// pin sets the counter of the PIN that logs in, password that of the other.
func pin(t platform.Tries) change {
	return atCards(func(c *platform.Card) {
		if c.Kind == platform.KindHPKI {
			c.Pins.HPKI = t
		} else if c.Kind == platform.KindMyNumber {
			c.Pins.Auth = t
		}
	})
}

func password(t platform.Tries) change {
	return atCards(func(c *platform.Card) {
		if c.Kind == platform.KindMyNumber {
			c.Pins.Signature = t
		}
	})
}

func noSignature(s *platform.Snapshot) {
	atCards(func(c *platform.Card) {
		if c.Available != nil {
			c.Available = &platform.Availability{Auth: c.Available.Auth}
		}
	})(s)
}

// faceOnly is a card without PINs.
func faceOnly(s *platform.Snapshot) {
	noSignature(s)
	pin(platform.Locked())(s)
	password(platform.Locked())(s)
}

func testCard(s *platform.Snapshot) {
	atCards(func(c *platform.Card) {
		if v := c.Certificate(platform.RoleAuth); v != nil {
			v.Issuer = "OU=Test,O=JPKI-TEST,C=JP"
		}
	})(s)
}

// atBrowser changes a browser, if it is there.
func atBrowser(name platform.BrowserName, change func(*platform.Browser)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Browsers.List {
			if b := &s.Browsers.List[i]; b.Name == name {
				change(b)
			}
		}
	}
}

// atExtensions changes the extensions of some software in the profile in use of
// every browser that has a window or opens links.
func atExtensions(sw platform.Software, change func(*platform.Extension)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Browsers.List {
			b := &s.Browsers.List[i]
			for j := range b.Profiles {
				for k := range b.Profiles[j].Extensions {
					x := &b.Profiles[j].Extensions[k]
					if x.Software == sw && b.Profiles[j].LastUsed && (b.Windows > 0 || b.Default) {
						change(x)
					}
				}
			}
		}
	}
}

func extensionOff(reasons ...int) change {
	return atExtensions(platform.SoftwareMynaportal, func(x *platform.Extension) {
		if x.Installed {
			x.Enabled, x.Reasons = false, slices.Concat(x.Reasons, reasons)
		}
	})
}

func extensionGone(s *platform.Snapshot) {
	atExtensions(platform.SoftwareMynaportal, func(x *platform.Extension) { *x = platform.Extension{ID: x.ID, Software: x.Software} })(s)
}

func extensionRemoved(s *platform.Snapshot) {
	atExtensions(platform.SoftwareMynaportal, func(x *platform.Extension) {
		*x = platform.Extension{ID: x.ID, Software: x.Software, Removed: true}
	})(s)
}

func extensionFilesGone(s *platform.Snapshot) {
	atExtensions(platform.SoftwareMynaportal, func(x *platform.Extension) { x.FilesMissing = x.Installed })(s)
}

func everyBrowser(change func(*platform.Browser)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Browsers.List {
			change(&s.Browsers.List[i])
		}
	}
}

func extensionsBlocked(s *platform.Snapshot) {
	everyBrowser(func(b *platform.Browser) {
		b.Policies.Extensions = []platform.ExtensionRule{{ID: platform.AnyID, Mode: platform.ModeBlocked, Policy: blocklist, Scope: platform.ScopeMachine}}
	})(s)
}

func hostsBlocked(s *platform.Snapshot) {
	everyBrowser(func(b *platform.Browser) {
		b.Policies.Hosts = []platform.HostRule{{Host: platform.AnyID, Policy: "NativeMessagingBlocklist", Scope: platform.ScopeMachine}}
	})(s)
}

func atHosts(change func(*platform.NativeHost)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Hosts.List {
			change(&s.Hosts.List[i])
		}
	}
}

func hostsAre(state platform.HostState) change {
	return atHosts(func(h *platform.NativeHost) { h.State, h.Arch, h.Version = state, "", "" })
}

// hostsFor is a program for another processor.
func hostsFor(arch string) change {
	return atHosts(func(h *platform.NativeHost) {
		if h.State == platform.HostReady {
			h.Arch = arch
		}
	})
}

// uninstalled takes the official software of one kind away, with its hosts.
func uninstalled(sw platform.Software) change {
	return func(s *platform.Snapshot) {
		s.Clients.List = slices.DeleteFunc(slices.Clone(s.Clients.List), func(c platform.Client) bool { return c.Software == sw })
		s.Hosts.List = slices.DeleteFunc(slices.Clone(s.Hosts.List), func(h platform.NativeHost) bool { return h.Software == sw })
		s.Clients.Processes = slices.DeleteFunc(slices.Clone(s.Clients.Processes), func(p platform.Process) bool { return p.Software == sw })
	}
}

func withProcess(p platform.Process) change {
	return func(s *platform.Snapshot) { s.Clients.Processes = append(slices.Clone(s.Clients.Processes), p) }
}

var (
	hungClient = platform.Process{Program: "mpa.exe", Software: platform.SoftwareMynaportal, ID: 400, Age: 900, Hung: true}
	orphanHost = platform.Process{Program: "host.exe", Software: platform.SoftwareMynaportal, ID: 401, Age: 4000, Host: "jp.go.cao.mpa", Orphan: true}
	dialog     = platform.Process{Program: "JPKIDialog.exe", Software: platform.SoftwareJPKI, ID: 402, Age: 60}
)

// closed is a browser without windows and processes.
func closed(name platform.BrowserName) change {
	return atBrowser(name, func(b *platform.Browser) { b.Running, b.Windows = 0, 0 })
}

func open(name platform.BrowserName) change {
	return atBrowser(name, func(b *platform.Browser) { b.Running, b.Windows = 7, 1 })
}

// inBackground is a browser that runs on without a window.
func inBackground(name platform.BrowserName) change {
	return atBrowser(name, func(b *platform.Browser) { b.Running, b.Windows = 3, 0 })
}

// opensLinks makes one browser, and no other, the one that opens links.
func opensLinks(name platform.BrowserName) change {
	return func(s *platform.Snapshot) {
		everyBrowser(func(b *platform.Browser) { b.Default = b.Name == name })(s)
		s.Browsers.DefaultOther = !slices.ContainsFunc(s.Browsers.List, func(b platform.Browser) bool { return b.Default })
	}
}

func onlyFirefox(s *platform.Snapshot) {
	s.Browsers.List = []platform.Browser{{Look: platform.Absent(), Name: platform.BrowserFirefox, Default: true, Running: 4, Windows: 1}}
	s.Browsers.DefaultOther = false
}

func secondProfile(s *platform.Snapshot) {
	everyBrowser(func(b *platform.Browser) {
		if len(b.Profiles) == 0 {
			return
		}
		work := b.Profiles[0]
		work.Folder, work.LastUsed = "Profile 1", true
		work.Extensions = slices.Clone(work.Extensions)
		for i, x := range work.Extensions {
			work.Extensions[i] = platform.Extension{ID: x.ID, Software: x.Software}
		}
		b.Profiles[0].LastUsed = false
		b.Profiles = append(b.Profiles, work)
	})(s)
}

func neverStarted(name platform.BrowserName) change {
	return atBrowser(name, func(b *platform.Browser) {
		*b = platform.Browser{Look: platform.Absent(), Name: b.Name, Version: b.Version, Default: b.Default}
	})
}

func codePage(n int) change {
	return func(s *platform.Snapshot) { s.System.CodePage = n }
}

// atProviders changes those of one piece of software.
func atProviders(sw platform.Software, change func(*platform.Provider)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Clients.Providers {
			if p := &s.Clients.Providers[i]; p.Software == sw {
				change(p)
			}
		}
	}
}

func noDriver(s *platform.Snapshot) {
	s.Clients.Providers = slices.DeleteFunc(slices.Clone(s.Clients.Providers), func(p platform.Provider) bool { return p.Software == platform.SoftwareHPKI })
	s.Store.List = nil
}

func driverFilesGone(s *platform.Snapshot) {
	atProviders(platform.SoftwareHPKI, func(p *platform.Provider) { p.FilesMissing = true })(s)
}

func driver32(s *platform.Snapshot) {
	atProviders(platform.SoftwareHPKI, func(p *platform.Provider) { p.View = 32 })(s)
	s.Store.List = nil
}

// atStored changes the copies of holders' certificates in the store.
func atStored(change func(*platform.StoreCertificate)) change {
	return func(s *platform.Snapshot) {
		for i := range s.Store.List {
			if v := &s.Store.List[i]; !v.CA {
				change(v)
			}
		}
	}
}

func noProvider(s *platform.Snapshot) {
	atStored(func(v *platform.StoreCertificate) { v.HasKey, v.Provider, v.Container = false, "", "" })(s)
}

// oldCardsCertificate adds the one that an earlier card left in the store.
func oldCardsCertificate(s *platform.Snapshot) {
	for _, v := range s.Store.List {
		if !v.CA {
			v.Serial = "123456"
			v.NotBefore, v.NotAfter = v.NotBefore.AddDate(-5, 0, 0), v.NotBefore.AddDate(0, 0, -7)
			s.Store.List = append(s.Store.List, v)
			return
		}
	}
}

// onlyOldCards leaves nothing else there.
func onlyOldCards(s *platform.Snapshot) {
	oldCardsCertificate(s)
	if len(s.Store.List) > 0 {
		s.Store.List = s.Store.List[1:]
	}
}

// oldCA is a store that holds the CA certificate of before the change.
func oldCA(s *platform.Snapshot) {
	for _, v := range slices.Clone(s.Store.List) {
		if v.CA {
			continue
		}
		s.Store.List = append(s.Store.List, platform.StoreCertificate{
			Store: platform.StoreCA, Software: v.Software, CA: true, Subject: v.Issuer, KeyID: "00", NotBefore: japan(2017, 3, 17, 0, 0, 0), NotAfter: japan(2037, 3, 16, 0, 0, 0),
		})
	}
}

func propagationOff(s *platform.Snapshot) {
	disabled("CertPropSvc")(s)
	s.Store.List = nil
}

func viaProxy(known string) change {
	return func(s *platform.Snapshot) {
		for i := range s.Network.Proxies {
			if p := &s.Network.Proxies[i]; p.Source == platform.ProxyUser {
				p.Mode, p.Server, p.Known = platform.ProxyManual, "proxy.example:8080", known
			}
		}
	}
}

// alsoAnswers is another host of the service, which does.
func alsoAnswers(s *platform.Snapshot) {
	s.Online.Sites = append(s.Online.Sites, platform.SiteAnswer{Look: platform.Seen(), Host: "login.example.go.jp", Status: 200})
}

// socksProxy is one that only browsers ask.
func socksProxy(s *platform.Snapshot) {
	viaProxy("")(s)
	for i := range s.Network.Proxies {
		s.Network.Proxies[i].Server = "socks=proxy.example:1080"
	}
}

// dualReader is a reader with an empty slot for contacts, which comes first.
func dualReader(s *platform.Snapshot) {
	s.Readers.List[0].Name = "ACS ACR1281 1S Dual Reader PICC 0"
	readerFirst(platform.Reader{Name: "ACS ACR1281 1S Dual Reader ICC 0", Interface: platform.InterfaceContact})(s)
}

// proxyScript is a proxy that a script names.
func proxyScript(s *platform.Snapshot) {
	for i := range s.Network.Proxies {
		if p := &s.Network.Proxies[i]; p.Source == platform.ProxyUser {
			p.Mode, p.PAC = platform.ProxyPAC, "http://proxy.example/proxy.pac"
		}
	}
}

func installed(family, name string) change {
	return func(s *platform.Snapshot) {
		s.Security.Products = append(slices.Clone(s.Security.Products), platform.SecurityProduct{
			Name: name, Family: family, Active: platform.SwitchOn, Source: platform.SecurityCenter,
		})
	}
}

func linux(s *platform.Snapshot) {
	s.System = platform.System{Look: platform.Seen(), OS: "linux", Name: "Ubuntu 24.04 LTS", Version: "24.04", Arch: "amd64", TimeZone: "JST", UTCOffset: 540}
	s.Services.List = []platform.Service{{Look: platform.Seen(), Name: "pcscd", Present: true, Running: true, Start: platform.StartManual}}
	for i := range s.Devices.List {
		s.Devices.List[i].Driver, s.Devices.List[i].Joined = "usbfs", false
	}
	for _, a := range []platform.Area{platform.AreaDrivers, platform.AreaBrowsers, platform.AreaHosts, platform.AreaClients, platform.AreaStore, platform.AreaNetwork, platform.AreaSecurity} {
		*s.Look(a) = platform.Absent()
	}
	s.Browsers.List, s.Hosts.List, s.Store.List, s.Network.Proxies, s.Security.Products = nil, nil, nil, nil, nil
	s.Clients = platform.Clients{Look: platform.Absent()}
}

func overSSH(s *platform.Snapshot) { s.System.Remote, s.System.RemoteKind = true, "ssh" }

func windows10(s *platform.Snapshot) {
	if s.System.OS == "windows" {
		s.System.Name, s.System.Version, s.System.Release = "Windows 10 Home", "10.0.19045", "22H2"
	}
}

func server(s *platform.Snapshot) { s.System.Name, s.System.Server = "Windows Server 2022", true }

// turnedOff is Safari's extension with its switch off.
func safariOff(s *platform.Snapshot) {
	atExtensions(platform.SoftwareJPKI, func(x *platform.Extension) { x.Enabled = false })(s)
}

func oldMac(s *platform.Snapshot) { s.System.Name, s.System.Version = "macOS Monterey", "12.7.6" }

func newMac(s *platform.Snapshot) { s.System.Name, s.System.Version = "macOS Tahoe", "26.1" }

// sites is how the one host that was asked answered.
func sites(a platform.SiteAnswer) change {
	return func(s *platform.Snapshot) {
		a.Host = "www.example.go.jp"
		s.Online.Look, s.Online.Sites = platform.Seen(), []platform.SiteAnswer{a}
	}
}

// looked is what the issuer of an HPKI card published about its certificates.
func looked(change func(*platform.Revocation)) change {
	return func(s *platform.Snapshot) {
		s.Online.Look, s.Online.Revocations = platform.Seen(), nil
		for _, c := range s.Cards.List {
			for _, v := range c.Certificates {
				if v.Role != platform.RoleHPKIAuth && v.Role != platform.RoleHPKISign {
					continue
				}
				r := platform.Revocation{
					Look: platform.Seen(), Role: v.Role, Serial: v.Serial, Source: platform.SourceCRL, URL: "http://crl.example/auth.crl",
					Signature: platform.ChainVerified, ThisUpdate: s.Taken.Add(-6 * time.Hour), NextUpdate: s.Taken.Add(42 * time.Hour),
					Status: platform.RevocationGood, Size: 12345,
				}
				change(&r)
				s.Online.Revocations = append(s.Online.Revocations, r)
			}
		}
	}
}

func fresh(*platform.Revocation) {}

func revoked(r *platform.Revocation) {
	if r.Role == platform.RoleHPKIAuth {
		r.Status, r.RevokedAt, r.Reason = platform.RevocationRevoked, r.ThisUpdate.AddDate(0, -1, 0), 1
	}
}

// signingRevoked revokes the certificate that signs, suspendedToo holds that
// which logs in besides.
func signingRevoked(r *platform.Revocation) {
	if r.Role == platform.RoleHPKISign {
		r.Status, r.RevokedAt, r.Reason = platform.RevocationRevoked, r.ThisUpdate.AddDate(0, -1, 0), 1
	}
}

func suspendedToo(r *platform.Revocation) {
	signingRevoked(r)
	if r.Role == platform.RoleHPKIAuth {
		r.Status, r.RevokedAt, r.Reason = platform.RevocationRevoked, r.ThisUpdate.AddDate(0, -1, 0), 6
	}
}

func staleList(r *platform.Revocation) { r.NextUpdate = r.ThisUpdate.Add(time.Hour) }

func forgedList(r *platform.Revocation) { r.Signature = platform.ChainBroken }

func noAnswer(r *platform.Revocation) {
	*r = platform.Revocation{Look: platform.Failure(platform.WhyUnreachable, nil), Role: r.Role, Serial: r.Serial, URL: r.URL}
}
