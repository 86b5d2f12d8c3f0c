package macos

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yomitori/platform"
	"yomitori/platform/certificates"
)

// choice is a remembered choice, with what is needed to remember it again.
type choice struct {
	Service string `json:"service"`
	SHA1    string `json:"sha1"` // of the certificate, as security takes it

	der []byte
}

// choicesFile is where choices are kept.
const choicesFile = "choices.json"

// choices are what is remembered for a host.
func (c *Computer) choices(ctx context.Context, host string) ([]choice, error) {
	var list []choice
	for _, service := range servicesOf(host) {
		ders, found, err := c.chosen(ctx, service)
		switch {
		case err != nil:
			return nil, err
		case found && len(ders) == 0:
			return nil, platform.CannotRepair(platform.RepairDamaged, host, errNoCertificate)
		case found:
			sum := sha1.Sum(ders[0])
			list = append(list, choice{service, strings.ToUpper(hex.EncodeToString(sum[:])), ders[0]})
		}
	}
	return list, nil
}

var (
	errNoCertificate = errors.New("a choice of no certificate")
	errStillChosen   = errors.New("another entry of the keychain holds it too")
)

func sha256Hex(der []byte) string {
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}

func (c *Computer) planForget(ctx context.Context, r platform.Repair) (platform.RepairPlan, error) {
	host := r.Target()
	list, err := c.choices(ctx, host)
	switch {
	case err != nil:
		return platform.RepairPlan{}, err
	case len(list) == 0:
		return platform.RepairPlan{}, platform.CannotRepair(platform.RepairNothing, host, nil)
	}
	change := platform.Change{
		Kind: platform.ChangePreference, Undoable: true, Host: host, Count: len(list), SHA256: sha256Hex(list[0].der),
	}
	if v, ok := certificates.Describe(platform.StoreLogin, list[0].der); ok {
		change.Issuer, change.NotAfter = v.Issuer, v.NotAfter
	}
	return one(change), nil
}

// forget removes what is remembered for a host, after it was kept.
func (c *Computer) forget(ctx context.Context, ch platform.Change, kept string) error {
	if !isSite(ch.Host) {
		return notHere(ch.Host)
	}
	now, err := c.choices(ctx, ch.Host)
	if err != nil {
		return err
	}
	if len(now) == 0 {
		return nil
	}
	before, err := readChoices(kept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if sha256Hex(now[0].der) != ch.SHA256 {
			return platform.CannotRepair(platform.RepairChanged, ch.Host, nil)
		}
		if err := keepChoices(kept, now); err != nil {
			return err
		}
		before = now
	case err != nil:
		return platform.CannotRepair(platform.RepairDamaged, ch.Host, err)
	}
	for _, v := range now {
		if !slices.ContainsFunc(before, func(b choice) bool { return b.Service == v.Service && b.SHA1 == v.SHA1 }) {
			return platform.CannotRepair(platform.RepairChanged, ch.Host, nil)
		}
	}
	return c.delete(ctx, ch.Host, now)
}

func (c *Computer) delete(ctx context.Context, host string, list []choice) error {
	for _, v := range list {
		if _, err := c.o.Run(ctx, security, "set-identity-preference", "-n", "-s", v.Service); err != nil && !isNotFound(err) {
			return fmt.Errorf("delete identity preference: %w", err)
		}
	}
	left, err := c.choices(ctx, host)
	if err == nil && len(left) > 0 { // one for a whole domain for example
		err = platform.CannotRepair(platform.RepairFailed, host, errStillChosen)
	}
	return err
}

// remember sets again what was kept. The narrower name comes last and is left
// alone where the wider one brought it back.
func (c *Computer) remember(ctx context.Context, ch platform.Change, kept string) error {
	list, err := readChoices(kept)
	switch {
	case !isSite(ch.Host):
		return notHere(ch.Host)
	case errors.Is(err, fs.ErrNotExist):
		return c.neverForgotten(ctx, ch.Host)
	case err != nil:
		return platform.CannotRepair(platform.RepairDamaged, ch.Host, err)
	}
	for _, v := range slices.Backward(list) {
		if !slices.Contains(servicesOf(ch.Host), v.Service) || !isSHA1(v.SHA1) {
			return platform.CannotRepair(platform.RepairDamaged, ch.Host, errNoCertificate)
		}
		now, err := c.choices(ctx, ch.Host)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(now, func(n choice) bool { return n.Service == v.Service }) {
			continue // also when the user chose anew since
		}
		_, err = c.o.Run(ctx, security, "set-identity-preference", "-s", v.Service, "-Z", v.SHA1)
		switch {
		case isNotFound(err):
			return platform.CannotRepair(platform.RepairGone, ch.Host, err) // the certificate is not there any more
		case err != nil:
			return fmt.Errorf("set identity preference: %w", err)
		}
	}
	return nil
}

// neverForgotten makes sure of what a missing file should mean: nothing is removed
// before it is kept.
func (c *Computer) neverForgotten(ctx context.Context, host string) error {
	now, err := c.choices(ctx, host)
	if err == nil && len(now) == 0 {
		err = platform.CannotRepair(platform.RepairNotUndoable, host, fs.ErrNotExist)
	}
	return err
}

func isSite(host string) bool {
	return slices.ContainsFunc(platform.Sites, func(s platform.Site) bool { return s.Host == host })
}

func isSHA1(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha1.Size
}

func isNotFound(err error) bool {
	var exit *ExitError
	return errors.As(err, &exit) && exit.Code == exitNotFound
}

func readChoices(kept string) ([]choice, error) {
	raw, err := os.ReadFile(filepath.Join(kept, choicesFile))
	if err != nil {
		return nil, err
	}
	var list []choice
	err = json.Unmarshal(raw, &list)
	if err == nil && (len(list) == 0 || len(list) > len(servicesOf(""))) {
		err = errNoCertificate
	}
	return list, err
}

func keepChoices(kept string, list []choice) error {
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return keep(filepath.Join(kept, choicesFile), raw)
}
