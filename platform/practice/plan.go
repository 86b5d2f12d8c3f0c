package practice

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"yomitori/platform"
)

// Services of Windows for smart cards.
const (
	pcscService       = "SCardSvr"
	deviceEnumeration = "ScDeviceEnum"
	certPropagation   = "CertPropSvc"
)

// planner plans repairs on a snapshot, as the real computers do.
type planner struct {
	s    platform.Snapshot
	made []made // before
}

// systems says on which systems a repair is, where it is not on all.
var systems = map[platform.RepairID][]string{
	platform.RepairClearSSLState:     {"windows"},
	platform.RepairEnableService:     {"windows"},
	platform.RepairStopService:       {"windows"},
	platform.RepairTurnOffDevice:     {"windows"},
	platform.RepairTurnOnDevice:      {"windows"},
	platform.RepairRestartDevice:     {"windows"},
	platform.RepairDeleteCertificate: {"windows"},
	platform.RepairEndProgram:        {"windows", "darwin"},
	platform.RepairForgetChoice:      {"darwin"},
}

// readerServices are what serves readers, by system.
var readerServices = map[string]string{"windows": pcscService, "linux": "pcscd", "darwin": "com.apple.ifdreader"}

func (p planner) plan(r platform.Repair) (platform.RepairPlan, error) {
	where, limited := systems[r.ID()]
	if r.BackOnly() || limited && !slices.Contains(where, p.s.System.OS) {
		return none(platform.RepairNotHere, r.Target())
	}
	switch r.ID() {
	case platform.RepairQuitBrowser:
		return p.quit(platform.BrowserName(r.Target()))
	case platform.RepairClearSiteData, platform.RepairClearCache:
		return p.files(r)
	case platform.RepairClearSSLState:
		return one(platform.Change{Kind: platform.ChangeSSLState}, platform.HeedAnotherUse)
	case platform.RepairRefreshPCSC:
		return one(platform.Change{Kind: platform.ChangePCSC})
	case platform.RepairRestartService, platform.RepairEnableService, platform.RepairStopService:
		return p.service(r)
	case platform.RepairTurnOffDevice, platform.RepairTurnOnDevice, platform.RepairRestartDevice:
		return p.device(r)
	case platform.RepairEndProgram:
		return p.endProgram(r)
	case platform.RepairDeleteCertificate:
		return p.certificate(r)
	case platform.RepairForgetChoice:
		return p.choice(r.Target())
	case platform.RepairOpen:
		return p.open(platform.Place(r.Target()))
	}
	return none(platform.RepairNotHere, r.Target())
}

func none(why platform.RepairWhy, on string) (platform.RepairPlan, error) {
	return platform.RepairPlan{}, cannot(why, on)
}

// one is a plan of one change.
func one(ch platform.Change, heed ...platform.Heeding) (platform.RepairPlan, error) {
	return platform.RepairPlan{Changes: []platform.Change{ch}, Heed: heed}, nil
}

func first(r platform.Repair) (platform.RepairPlan, error) {
	return platform.RepairPlan{First: []platform.Repair{r}}, nil
}

func elevated(r platform.Repair) platform.Change {
	back, ok := r.Back()
	return platform.Change{Kind: platform.ChangeElevated, Do: r, Back: back, Undoable: ok}
}

func (p planner) service(r platform.Repair) (platform.RepairPlan, error) {
	name := r.Target()
	ch := elevated(r)
	ch.Service = name
	v := p.s.Services.Find(name)
	switch {
	case r.ID() == platform.RepairRestartService && name != readerServices[p.s.System.OS]:
		return none(platform.RepairNotHere, name)
	case p.s.System.OS == "darwin": // which lists no services
		ch.Running = true
		return one(ch, platform.HeedMayBeRefused, platform.HeedCardsOfAll)
	case v == nil || !v.Present:
		return none(platform.RepairNotHere, name)
	case r.ID() == platform.RepairRestartService && v.Start == platform.StartDisabled:
		return first(platform.EnableService(name))
	case r.ID() == platform.RepairEnableService && v.Start != platform.StartDisabled,
		r.ID() == platform.RepairStopService && !v.Running:
		return none(platform.RepairNothing, name)
	}
	ch.Start, ch.Running = v.Start, v.Running
	ch.Starts = r.ID() == platform.RepairEnableService && !v.Running && startsAtOnce(p.s, name)
	switch {
	case r.ID() == platform.RepairStopService:
		return one(ch, platform.HeedUntilRestart)
	case r.ID() == platform.RepairRestartService && v.Running:
		return one(ch, platform.HeedCardsOfAll)
	}
	return one(ch)
}

func (p planner) endProgram(r platform.Repair) (platform.RepairPlan, error) {
	for _, v := range p.s.Clients.Processes {
		switch {
		case v.ID != r.Number():
			continue
		case !v.Hung && !v.Orphan:
			return none(platform.RepairInUse, v.Program)
		}
		started := p.s.Taken.Add(-time.Duration(v.Age) * time.Second).UTC()
		return one(platform.Change{Kind: platform.ChangeEndProcess, Process: v.ID, Started: started, Program: v.Program}, platform.HeedUnsavedWork)
	}
	return none(platform.RepairGone, r.Target())
}

// certificate plans the deletion of what a card left behind.
func (p planner) certificate(r platform.Repair) (platform.RepairPlan, error) {
	holders, n := p.s.Store.Holders(), r.Number()
	if n > len(holders) {
		return none(platform.RepairGone, r.Target())
	}
	v := p.s.Store.List[holders[n-1]]
	if why := v.WhyKept(p.s.Cards, p.s.Taken); why != "" {
		return none(why, r.Target())
	}
	return one(platform.Change{
		Kind: platform.ChangeCertificate, Undoable: true, Issuer: v.Issuer, NotBefore: v.NotBefore, NotAfter: v.NotAfter, SHA256: digest(v.Issuer, v.Serial),
	})
}

// digest stands for that of a certificate, which does not exist.
func digest(issuer, serial string) string {
	sum := sha256.Sum256([]byte(issuer + "\x00" + serial))
	return hex.EncodeToString(sum[:])
}

func (p planner) choice(host string) (platform.RepairPlan, error) {
	for _, v := range p.s.Store.Preferences {
		if v.Host == host {
			return one(platform.Change{
				Kind: platform.ChangePreference, Undoable: true, Host: host, Count: 1, Issuer: v.Issuer, SHA256: digest(v.Issuer, v.Subject),
			})
		}
	}
	return none(platform.RepairNothing, host)
}
