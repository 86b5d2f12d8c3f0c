package macos

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"sync"

	"yomitori/platform"
	"yomitori/platform/certificates"
)

// store lists the certificates of JPKI and HPKI in the user's keychains, and the
// remembered choices for the official hosts. The area has failed when the
// user's own keychain cannot be read; what else failed is told in the details.
func (c *Computer) store(ctx context.Context) (change, error) {
	keychains := c.keychains()
	lists := make([][]certificates.Stored, len(keychains))
	errs := make([]error, len(keychains))
	// All at once: one that hangs must not take the time of the others.
	var reading sync.WaitGroup
	for i, k := range keychains {
		reading.Go(func() { lists[i], errs[i] = c.certificates(ctx, k.file) })
	}
	preferences, preferErr := c.preferences(ctx)
	reading.Wait()
	var all certificates.Reading
	for i, k := range keychains {
		if errs[i] != nil && k.name == platform.StoreLogin {
			return nil, errs[i]
		}
		all.Note(errs[i])
		all.Add(k.name, lists[i])
	}
	all.Note(preferErr)
	area := all.Area()
	area.Preferences = preferences
	return func(s *platform.Snapshot) { s.Store = area }, nil
}

// security is Apple's tool for keychains. It is asked for certificates only,
// which need no password.
const security = "/usr/bin/security"

// exitNotFound is how security ends when there is nothing: the low byte of
// errSecItemNotFound, -25300.
const exitNotFound = 44

// keychains are those that are looked into.
func (c *Computer) keychains() []struct {
	name platform.StoreName
	file string
} {
	return []struct {
		name platform.StoreName
		file string
	}{
		{platform.StoreLogin, c.atHome("Library/Keychains/login.keychain-db")},
		{platform.StoreSystem, "/Library/Keychains/System.keychain"},
	}
}

// certificates lists what a keychain holds, as DER.
func (c *Computer) certificates(ctx context.Context, file string) ([]certificates.Stored, error) {
	out, err := c.o.Run(ctx, security, "find-certificate", "-a", "-p", file)
	var exit *ExitError
	if errors.As(err, &exit) && exit.Code == exitNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list certificates: %w", err)
	}
	var list []certificates.Stored
	for _, der := range parsePEM(out) {
		list = append(list, certificates.Stored{DER: der})
	}
	return list, nil
}

func parsePEM(out []byte) [][]byte {
	var list [][]byte
	for len(list) <= certificates.Most {
		var block *pem.Block
		if block, out = pem.Decode(out); block == nil {
			break
		}
		if block.Type == "CERTIFICATE" {
			list = append(list, block.Bytes)
		}
	}
	return list
}

// preferences looks for remembered choices of a certificate, for the listed
// hosts only. Safari keeps them under the address of a host; a preference for a
// whole domain is found by it too (security(1), set-identity-preference).
func (c *Computer) preferences(ctx context.Context) ([]platform.IdentityPreference, error) {
	ctx, cancel := context.WithTimeout(ctx, runLimit)
	defer cancel()
	found := make([]*platform.IdentityPreference, len(platform.Sites))
	errs := make([]error, len(platform.Sites))
	var asked sync.WaitGroup
	turn := make(chan struct{}, 4) // each answer takes a moment
	for i, site := range platform.Sites {
		asked.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			found[i], errs[i] = c.preference(ctx, site)
		})
	}
	asked.Wait()
	var list []platform.IdentityPreference
	for _, p := range found {
		if p != nil {
			list = append(list, *p)
		}
	}
	return list, errors.Join(errs...)
}

func (c *Computer) preference(ctx context.Context, site platform.Site) (*platform.IdentityPreference, error) {
	for _, service := range servicesOf(site.Host) {
		ders, found, err := c.chosen(ctx, service)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		p := platform.IdentityPreference{Host: site.Host}
		for _, der := range ders {
			if v, ok := certificates.Describe(platform.StoreLogin, der); ok {
				p.Software, p.Issuer, p.Subject = v.Software, v.Issuer, v.Subject
			}
		}
		return &p, nil
	}
	return nil, nil
}

// servicesOf are the names under which a choice for a host may be remembered.
func servicesOf(host string) []string { return []string{"https://" + host + "/", host} }

// chosen looks for the certificate that is remembered for a service, as DER.
func (c *Computer) chosen(ctx context.Context, service string) (ders [][]byte, found bool, err error) {
	out, err := c.o.Run(ctx, security, "get-identity-preference", "-s", service, "-p")
	var exit *ExitError
	if errors.As(err, &exit) && exit.Code == exitNotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("look for identity preference: %w", err)
	}
	return parsePEM(out), true, nil
}
