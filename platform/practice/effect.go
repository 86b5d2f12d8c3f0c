package practice

import (
	"slices"

	"yomitori/platform"
)

// effect puts what a change does into a snapshot. Lists are copied first, since
// others hold them. Files of browsers, the SSL state, PC/SC and opened places are
// in no snapshot.
func (c *Computer) effect(s *platform.Snapshot, ch platform.Change) {
	switch ch.Kind {
	case platform.ChangeCloseBrowser:
		onBrowser(s, ch.Browser, func(b *platform.Browser) { b.Windows = 0 })
	case platform.ChangeEndProcess:
		if ch.Browser == "" {
			endProcesses(s, func(p platform.Process) bool { return p.ID == ch.Process })
			return
		}
		onBrowser(s, ch.Browser, func(b *platform.Browser) { b.Running, b.Windows = 0, 0 })
		endProcesses(s, func(p platform.Process) bool { return endsWith(s, p, ch.Browser) })
	case platform.ChangeCertificate:
		s.Store.List = slices.DeleteFunc(slices.Clone(s.Store.List), func(v platform.StoreCertificate) bool {
			return v.Store == platform.StoreMy && digest(v.Issuer, v.Serial) == ch.SHA256
		})
	case platform.ChangePreference:
		s.Store.Preferences = slices.DeleteFunc(slices.Clone(s.Store.Preferences), func(p platform.IdentityPreference) bool { return p.Host == ch.Host })
	case platform.ChangeElevated:
		c.elevated(s, ch.Do)
	}
}

func onBrowser(s *platform.Snapshot, name platform.BrowserName, change func(*platform.Browser)) {
	s.Browsers.List = slices.Clone(s.Browsers.List)
	for i := range s.Browsers.List {
		if s.Browsers.List[i].Name == name {
			change(&s.Browsers.List[i])
		}
	}
}

func endProcesses(s *platform.Snapshot, ends func(platform.Process) bool) {
	s.Clients.Processes = slices.DeleteFunc(slices.Clone(s.Clients.Processes), ends)
}

// endsWith reports whether a process is a host that ends with a browser: no other
// browser that runs could have started it. What was left behind before stays.
func endsWith(s *platform.Snapshot, p platform.Process, name platform.BrowserName) bool {
	if p.Host == "" || p.Orphan {
		return false
	}
	served := false
	for _, h := range s.Hosts.List {
		if h.Name != p.Host {
			continue
		}
		served = served || h.Browser == name
		if b := browserOf(*s, h.Browser); b != nil && b.Running > 0 && h.Browser != name {
			return false
		}
	}
	return served
}

func browserOf(s platform.Snapshot, name platform.BrowserName) *platform.Browser {
	for i := range s.Browsers.List {
		if s.Browsers.List[i].Name == name {
			return &s.Browsers.List[i]
		}
	}
	return nil
}

// elevated is what the elevated program would have changed.
func (c *Computer) elevated(s *platform.Snapshot, r platform.Repair) {
	switch r.ID() {
	case platform.RepairRestartService, platform.RepairStartService:
		c.startService(s, r.Target())
	case platform.RepairEnableService:
		onService(s, r.Target(), func(v *platform.Service) { v.Start = platform.StartManual })
		if startsAtOnce(*s, r.Target()) {
			c.startService(s, r.Target())
		}
	case platform.RepairStopService:
		onService(s, r.Target(), func(v *platform.Service) { v.Running = false })
	case platform.RepairTurnOffDevice:
		turnOff(s, r.Target())
	case platform.RepairTurnOnDevice:
		onDevice(s, r.Target(), func(d *platform.Device) { d.Problem = 0 })
	}
}

// startsAtOnce reports whether a service is started as soon as it is not disabled
// any more: what copies certificates is, and what serves readers where one is
// attached.
func startsAtOnce(s platform.Snapshot, name string) bool {
	return name == certPropagation || name == pcscService && slices.ContainsFunc(s.Devices.List, func(d platform.Device) bool {
		return d.Problem == 0 && (d.Class == platform.ClassCCID || d.Class == platform.ClassKnownReader)
	})
}

func onService(s *platform.Snapshot, name string, change func(*platform.Service)) {
	s.Services.List = slices.Clone(s.Services.List)
	if v := s.Services.Find(name); v != nil {
		change(v)
	}
}

// startService starts a service. With the one that serves readers, these come into
// view, and Windows starts the services that wait for a reader.
func (c *Computer) startService(s *platform.Snapshot, name string) {
	onService(s, name, func(v *platform.Service) { v.Running = v.Present })
	serves := s.Services.Find(name)
	noService := s.Readers.Why == platform.WhyNoService || s.Readers.Why == platform.WhyServiceStopped
	if name != pcscService || serves == nil || !serves.Running || !noService {
		return
	}
	if c.behind == nil {
		s.Readers, s.Cards = platform.Readers{Look: platform.Seen()}, platform.Cards{Look: platform.Seen()}
		return
	}
	s.Readers, s.Cards, s.Devices, s.Store = c.behind.Readers, c.behind.Cards, c.behind.Devices, c.behind.Store
	for _, waits := range []string{deviceEnumeration, certPropagation} {
		onService(s, waits, func(v *platform.Service) { v.Running = v.Present && v.Start != platform.StartDisabled })
	}
}

func onDevice(s *platform.Snapshot, handle string, change func(*platform.Device)) {
	s.Devices.List = slices.Clone(s.Devices.List)
	if d := s.Devices.ByHandle(handle); d != nil {
		change(d)
	}
}

// turnOff disables a device, with which its reader goes, and a card on it.
func turnOff(s *platform.Snapshot, handle string) {
	name := ""
	onDevice(s, handle, func(d *platform.Device) { name, d.Problem, d.Reader = d.Reader, platform.ProblemDisabled, "" })
	gone := slices.IndexFunc(s.Readers.List, func(r platform.Reader) bool { return name != "" && r.Name == name })
	if gone < 0 {
		return
	}
	s.Readers.List = slices.Delete(slices.Clone(s.Readers.List), gone, gone+1)
	s.Cards.List = slices.DeleteFunc(slices.Clone(s.Cards.List), func(v platform.Card) bool { return v.ReaderIndex == gone })
	for i := range s.Cards.List {
		if s.Cards.List[i].ReaderIndex > gone {
			s.Cards.List[i].ReaderIndex--
		}
	}
}
