package windows

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"yomitori/platform"
)

// providerKey holds a key for each cryptographic service provider.
const providerKey = `SOFTWARE\Microsoft\Cryptography\Defaults\Provider`

// mostProviders bounds how many of one view are looked at; Windows has about
// a dozen.
const mostProviders = 1024

// providers lists the providers of the card drivers, as programs of either
// view find them.
func (c *Computer) providers(found *clientsFound) error {
	var errs []error
	for _, view := range []View{View64, View32} {
		k, err := c.o.Registry.Open(Machine, providerKey, view)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("list cryptographic providers: %w", err))
			continue
		}
		names, err := k.Keys()
		k.Close()
		if err != nil {
			errs = append(errs, fmt.Errorf("list cryptographic providers: %w", err))
		}
		for _, name := range names[:min(len(names), mostProviders)] {
			if of := platform.SoftwareOf(name); of == platform.SoftwareJPKI || of == platform.SoftwareHPKI {
				p, err := c.provider(name, view)
				p.Software = of
				found.note(err)
				found.Providers = append(found.Providers, p)
			}
		}
	}
	return errors.Join(errs...)
}

// provider reads one registration and the library that it leads to.
func (c *Computer) provider(name string, view View) (platform.Provider, error) {
	p := platform.Provider{Name: platform.Printable(name, platform.LongestName), View: int(view)}
	image, err := c.machineText(providerKey+`\`+name, "Image Path", view)
	if errors.Is(err, fs.ErrNotExist) || err == nil && strings.TrimSpace(image) == "" {
		p.FilesMissing = true // it leads nowhere
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read provider %s: %w", p.Name, err)
	}
	library := c.libraryPath(image, view)
	p.Library = platform.Printable(library, platform.LongestText)
	f, err := c.file(library)
	p.Version, p.Arch = f.Version, f.Arch
	if errors.Is(err, fs.ErrNotExist) {
		p.FilesMissing = true
		return p, nil
	}
	return p, err
}

// libraryPath is the full path of a library as programs of a view load it: a
// bare name is one of the system's, and what 32-bit programs see in System32
// is kept in SysWOW64.
func (c *Computer) libraryPath(image string, view View) string {
	image = unquoted(c.expand(image))
	if !strings.ContainsAny(image, `\/`) {
		return joinPath(c.systemFolder(view), image)
	}
	if rest, ok := below(image, c.systemFolder(View64)); ok && view == View32 {
		return joinPath(c.systemFolder(View32), rest)
	}
	return image
}

// expand puts the environment into a text: a program may have stored the
// references in a value that Windows does not expand by itself.
func (c *Computer) expand(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "%")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "%")
		if !found {
			return b.String()
		}
		value := c.o.Getenv(name)
		if !closed || value == "" {
			b.WriteString("%")
			text = rest
			continue
		}
		b.WriteString(value)
		text = after
	}
}
