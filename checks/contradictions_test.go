package checks_test

import (
	"fmt"
	"slices"

	"yomitori/checks"
)

// exclusive are findings of which only one can be true: of everything, or of
// each thing that they speak about. Two that are said contradict each other.
type exclusive struct {
	said  []checks.Status
	about func(checks.Finding) []string // nil: all speak about the same
	ids   []checks.ID
}

var (
	claimed = []checks.Status{checks.OK, checks.Problem}
	spoken  = []checks.Status{checks.OK, checks.Notice, checks.Problem}
)

var exclusives = []exclusive{
	// The way to a reader is broken in one place at most. Beside one that works,
	// what another device lacks is a notice.
	{claimed, nil, []checks.ID{
		checks.ReaderOK, checks.ReaderNone, checks.ReaderDriverMissing, checks.ReaderNotPCSC, checks.ReaderOnlyVirtual, checks.ReaderServiceStopped,
		checks.ReaderServiceDisabled, checks.ReaderAccessDenied, checks.ReaderRemoteSession, checks.ReaderFailing,
	}},
	{spoken, nil, []checks.ID{checks.ReaderRemoteSession, checks.SystemRemoteDesktop}},
	// The card that is judged is one card, of one kind.
	{spoken, nil, []checks.ID{
		checks.CardOK, checks.CardAbsent, checks.CardMute, checks.CardBusy, checks.CardLostContact, checks.CardWrongKind, checks.CardUnknown,
		checks.CardStorage, checks.CardJuki, checks.CardPhoneToken, checks.CardTest, checks.CardNewGeneration, checks.CardFaceAuth,
	}},
	{spoken, nil, []checks.ID{checks.CertOK, checks.CertMissing, checks.CertDamaged, checks.CertUnreadable, checks.CertChain}},
	{spoken, nil, []checks.ID{checks.PinAuthLocked, checks.PinAuthLastTry}},
	{spoken, nil, []checks.ID{checks.PinSignatureLocked, checks.PinSignatureLastTry}},
	{spoken, nil, []checks.ID{checks.PinHPKILocked, checks.PinHPKILastTry}},
	{spoken, role, []checks.ID{checks.ExpiryOK, checks.ExpiryExpired, checks.ExpiryNotYet, checks.ExpiryTooNew, checks.ExpiryRenewNow}},
	// The login certificate is in the store or not, and offered or not.
	{spoken, nil, []checks.ID{checks.StoreMissing, checks.StoreHidden}},
	{claimed, registrations, []checks.ID{checks.HostMissing, checks.HostBroken, checks.HostBlocked, checks.ClientArchitecture}},
	{claimed, browsers, []checks.ID{
		checks.ExtensionMissing, checks.ExtensionOff, checks.ExtensionPermission, checks.ExtensionBlocked, checks.ExtensionCorrupt,
	}},
	{spoken, browsers, []checks.ID{checks.BrowserTwoAtOnce, checks.BrowserBackground}},
	// Software that is not there has no host.
	{spoken, software, []checks.ID{checks.ClientMissing, checks.HostMissing}},
	{spoken, software, []checks.ID{checks.ClientMissing, checks.HostBroken}},
	{spoken, software, []checks.ID{checks.ClientMissing, checks.HostBlocked}},
	{spoken, software, []checks.ID{checks.ClientMissing, checks.ClientArchitecture}},
}

func role(f checks.Finding) []string { return []string{string(f.Evidence.Role)} }

func software(f checks.Finding) []string { return []string{string(f.Evidence.Software)} }

func browsers(f checks.Finding) []string {
	var list []string
	for _, b := range f.Evidence.Browsers {
		list = append(list, b+"/"+string(f.Evidence.Software))
	}
	return list
}

// registrations are what findings about hosts speak of; which extension a host
// talks to is another question.
func registrations(f checks.Finding) []string {
	if slices.Contains(f.Evidence.Conditions, checks.Origin) {
		return nil
	}
	return browsers(f)
}

// well are the findings that say that a whole step is, with what may stand
// beside each in the same step.
var well = map[checks.ID][]checks.Status{
	checks.BrowserOK: {checks.OK, checks.Notice, checks.Skipped},
	checks.NFCOK:     {checks.OK, checks.Skipped},
}

// contradiction says which two findings of a diagnosis cannot both be true.
func contradiction(d checks.Diagnosis) error {
	for _, x := range exclusives {
		said := map[string]checks.ID{}
		for _, f := range d.Findings {
			if !slices.Contains(x.ids, f.ID) || !slices.Contains(x.said, f.Status) {
				continue
			}
			about := []string{""}
			if x.about != nil {
				about = x.about(f)
			}
			for _, a := range about {
				if o := said[a]; o != "" && o != f.ID {
					return fmt.Errorf("%s contradicts %s, of %q", f.ID, o, a)
				}
				said[a] = f.ID
			}
		}
	}
	for id, beside := range well {
		if f := d.Find(id); f == nil || f.Status != checks.OK {
			continue
		}
		for _, f := range d.Findings {
			if f.Step == checks.StepOf(id) && f.ID != id && !slices.Contains(beside, f.Status) {
				return fmt.Errorf("%s is ok beside %s %s", id, f.ID, f.Status)
			}
		}
	}
	return nil
}
