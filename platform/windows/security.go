package windows

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"yomitori/platform"
)

// ProductRecord is one AntiVirusProduct of the security center.
type ProductRecord struct {
	Name string
	// State is productState, nil where it was not told.
	State *uint32
}

const (
	// centerLimit is how long the security center may take; it is known to
	// answer now and then only (facts/os-browser.md 3.5), and the rest of the
	// area is not to wait for it.
	centerLimit = 3 * time.Second
	// mostProducts are recorded from one source.
	mostProducts = 32
)

// Families of products that are known to stand between browser and card.
const (
	familyESET     = "eset"
	familyRapport  = "rapport"
	familyDefender = "defender"
)

func (c *Computer) security(ctx context.Context) (change, error) {
	v := platform.Security{Center: platform.Seen()}
	center, err := c.askCenter(ctx)
	if err != nil {
		v.Center = failure(err)
	}
	var n notes
	running, runErr := c.securityProcesses()
	n.add(runErr)
	installed, regErr := c.securityInstallers()
	n.add(regErr)
	v.Products = slices.Concat(center, running, installed)
	v.Look = n.look()
	if err != nil && runErr != nil && regErr != nil {
		v.Look = failure(errors.Join(err, runErr, regErr))
	}
	return func(s *platform.Snapshot) { s.Security = v }, nil
}

// askCenter leaves a center behind that does not answer.
func (c *Computer) askCenter(ctx context.Context) ([]platform.SecurityProduct, error) {
	if c.o.Native.SecurityProducts == nil {
		return nil, fmt.Errorf("ask security center: %w", errors.ErrUnsupported)
	}
	ctx, cancel := context.WithTimeout(ctx, centerLimit)
	defer cancel()
	type answer struct {
		records []ProductRecord
		err     error
	}
	answers := make(chan answer, 1)
	go func() {
		records, err := c.o.Native.SecurityProducts(ctx)
		answers <- answer{records, err}
	}()
	var a answer
	select {
	case a = <-answers:
	case <-ctx.Done():
		a.err = ctx.Err()
	}
	if a.err != nil {
		return nil, fmt.Errorf("ask security center: %w", a.err)
	}
	var list []platform.SecurityProduct
	for _, r := range a.records[:min(len(a.records), mostProducts)] {
		p := platform.SecurityProduct{
			Name:   platform.Printable(r.Name, platform.LongestName),
			Family: family(r.Name),
			Source: platform.SecurityCenter,
		}
		if r.State != nil {
			p.State, p.Active = fmt.Sprintf("0x%06x", *r.State), active(*r.State)
		}
		list = append(list, p)
	}
	return list, nil
}

// active reads the four bits of productState on whose meaning several agree:
// Chromium's antivirus_metrics_provider_win.cc (2016), blog.idera.com
// "Identifying Antivirus Engine State". Their values are those of
// WSC_SECURITY_PRODUCT_STATE (iwscapi.h) in another order: off, on, snoozed and
// expired, the last two of which do not protect either. No other bit is
// believed.
func active(state uint32) platform.Switch {
	switch state >> 12 & 0xF {
	case 1:
		return platform.SwitchOn
	case 0, 2, 3:
		return platform.SwitchOff
	}
	return platform.SwitchUnknown
}

// Whole words, because "reset" and "Bitdefender" are other products.
var (
	nameESET     = regexp.MustCompile(`(?i)\bESET\b`)
	nameRapport  = regexp.MustCompile(`(?i)\b(Trusteer|Rapport)\b`)
	nameDefender = regexp.MustCompile(`(?i)^(Windows|Microsoft) Defender\b`)
)

func family(name string) string {
	switch {
	case nameESET.MatchString(name):
		return familyESET
	case nameRapport.MatchString(name):
		return familyRapport
	case nameDefender.MatchString(name):
		return familyDefender
	}
	return ""
}

// securityPrograms are known by their file names: Rapport's from
// facts/os-browser.md 3.5, ESET's from its folder in many public lists of
// running programs. RapportMgmtService and ekrn run for the system, so that
// they are never among this user's processes.
var securityPrograms = map[string]string{
	"rapportservice.exe": familyRapport,
	"egui.exe":           familyESET,
	"eguiproxy.exe":      familyESET,
}

func (c *Computer) securityProcesses() ([]platform.SecurityProduct, error) {
	running, err := c.processes() // some of them, where all cannot be told
	if err != nil {
		err = fmt.Errorf("look for security software: %w", err)
	}
	var list []platform.SecurityProduct
	for _, p := range running {
		list = addProduct(list, platform.SecurityProduct{
			Name: p.Name, Family: securityPrograms[strings.ToLower(p.Name)], Source: platform.SecurityProcess,
		})
	}
	return list, err
}

// addProduct adds a product of a known family, once; no other is recorded.
func addProduct(list []platform.SecurityProduct, p platform.SecurityProduct) []platform.SecurityProduct {
	p.Name = platform.Printable(p.Name, platform.LongestName)
	if p.Family == "" || slices.Contains(list, p) || len(list) == mostProducts {
		return list
	}
	return append(list, p)
}

// securityInstallers looks through the installed programs.
func (c *Computer) securityInstallers() ([]platform.SecurityProduct, error) {
	var list []platform.SecurityProduct
	installed, err := c.installed()
	for _, p := range installed.list {
		if p.family != familyDefender {
			list = addProduct(list, platform.SecurityProduct{Name: p.display, Family: p.family, Source: platform.SecurityInstaller})
		}
	}
	return list, err
}
