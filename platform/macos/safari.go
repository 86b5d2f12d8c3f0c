package macos

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"yomitori/platform"
)

// safariPoints are the kinds of extension that Safari has, each with the file
// in which it keeps which of them the user enabled.
var safariPoints = []struct{ point, state string }{
	{"com.apple.Safari.extension", "AppExtensions/Extensions.plist"},
	{"com.apple.Safari.web-extension", "WebExtensions/Extensions.plist"},
}

// safariNames are what Safari calls extensions, which the list of the system
// does not tell (facts/os-browser.md 1.1).
var safariNames = map[string]string{"jp.go.jpki.jpkiSafariAppExtension": "JPKI"}

// safariFolder is kept from programs without Full Disk Access.
const safariFolder = "Library/Containers/com.apple.Safari/Data/Library/Safari/"

// describeSafari tells the extensions of the official software in one profile:
// they are registered for all alike. The look of the browser says whether what
// Safari itself keeps could be read, that of the profile whether the list of
// registered extensions could be had.
func (c *Computer) describeSafari(ctx context.Context, v *platform.Browser) {
	profile := platform.Profile{LastUsed: true}
	listErrs, stateErrs := make([]error, len(safariPoints)), make([]error, len(safariPoints))
	plugins := make([][]plugin, len(safariPoints))
	var asked sync.WaitGroup
	for i, p := range safariPoints {
		asked.Go(func() { plugins[i], listErrs[i] = c.plugins(ctx, p.point) })
	}
	asked.Wait()
	for i, p := range safariPoints {
		var enabled map[string]bool
		enabled, stateErrs[i] = c.safariStates(p.state)
		for _, x := range plugins[i] {
			if x := x.extension(enabled); x.Software != platform.SoftwareNone {
				profile.Extensions = append(profile.Extensions, x)
			}
		}
	}
	v.Look, profile.Look = look(stateErrs, false), look(listErrs, false)
	v.Profiles = []platform.Profile{profile}
}

// plugin is a registered extension.
type plugin struct {
	id, version string
	choice      platform.Switch // what the user chose for it, if he did
}

// plugins lists the extensions for a point.
func (c *Computer) plugins(ctx context.Context, point string) ([]plugin, error) {
	out, err := c.o.Run(ctx, "/usr/bin/pluginkit", "-m", "-v", "-p", point)
	if err != nil {
		return nil, fmt.Errorf("list extensions of Safari: %w", err)
	}
	return parsePlugins(out), nil
}

// parsePlugins understands lines of "+    bundle.id(version)", with the UUID,
// the date and the path after tabs. The first character is "+" for an extension
// that the user enabled, "-" for one that he disabled, and blank for one that
// he never decided about (facts/os-browser.md 4); "=" is one that another
// version replaces.
func parsePlugins(out []byte) []plugin {
	var list []plugin
	for line := range strings.Lines(string(out)) {
		head, _, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if len(head) < 2 || len(list) == maxListed {
			continue
		}
		mark, rest := head[0], strings.TrimSpace(head)
		if strings.IndexByte("+-=!?", mark) >= 0 {
			rest = strings.TrimSpace(rest[1:])
		}
		id, version, ok := strings.Cut(rest, "(")
		if !ok || mark == '=' || id == "" || strings.ContainsAny(id, " /=") {
			continue // "(no matches)", "(1 plug-in)"
		}
		p := plugin{
			id:      platform.Printable(id, platform.LongestName),
			version: platform.Printable(strings.TrimSuffix(version, ")"), platform.LongestName),
		}
		switch mark {
		case '+':
			p.choice = platform.SwitchOn
		case '-':
			p.choice = platform.SwitchOff
		}
		if p.version == nothing {
			p.version = ""
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// extension tells a plugin in the words of browsers. What Safari itself keeps
// counts more than what the system noted.
func (p plugin) extension(safari map[string]bool) platform.Extension {
	x := platform.Extension{ID: p.id, Software: platform.SoftwareOf(p.id), Name: safariNames[p.id], Version: p.version, Installed: true}
	enabled, told := safari[p.id]
	switch {
	case told:
		x.Enabled = enabled
	case p.choice == platform.SwitchUnknown:
		x.EnabledUnknown = true
	default:
		x.Enabled = p.choice == platform.SwitchOn
	}
	return x
}

// safariStates reads which extensions Safari has enabled, as far as it says.
// The keys are "bundle.id (team)".
func (c *Computer) safariStates(file string) (map[string]bool, error) {
	var v map[string]loose[struct {
		Enabled loose[bool] `plist:"Enabled"`
	}]
	err := c.readPlist(c.atHome(safariFolder+file), &v)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read extensions of Safari: %w", err)
	}
	states := map[string]bool{}
	for key, x := range v {
		id, _, _ := strings.Cut(key, " (")
		if x.value.Enabled.set {
			states[id] = x.value.Enabled.value
		}
	}
	return states, nil
}
