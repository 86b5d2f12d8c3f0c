package chromium

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"yomitori/platform"
)

const (
	// maxManifest and maxMessages are far above real files of an extension.
	maxManifest = 1 << 20
	maxMessages = 1 << 20
	// extensionsFolder is where a profile keeps its extensions.
	extensionsFolder = "Extensions"
)

// locales are tried for an extension's name, before its own default.
var locales = []string{"ja", "en"}

// folder returns the extension's folder below the profile, or "" for one that
// stands elsewhere: an absolute path is never followed.
func (e Entry) folder() string {
	p := strings.ReplaceAll(e.Path, `\`, "/")
	if p == "" || strings.Contains(p, ":") || !fs.ValidPath(p) || p == "." {
		return ""
	}
	return path.Join(extensionsFolder, p)
}

// filesMissing reports whether the folder is known and gone.
func (e Entry) filesMissing(profile fs.FS) bool {
	folder := e.folder()
	if folder == "" {
		return false
	}
	_, err := fs.Stat(profile, folder)
	return errors.Is(err, fs.ErrNotExist)
}

// describe fills in what the files tell when the entry itself does not: the
// manifest, and the name in the user's language.
func (e Entry) describe(profile fs.FS, id string) ExtensionManifest {
	m, folder := e.Manifest, e.folder()
	if !m.known() {
		folder = newest(profile, id, folder)
		if folder == "" {
			return m
		}
		raw, err := readFile(profile, path.Join(folder, "manifest.json"), maxManifest)
		if err != nil {
			return m
		}
		m = parseExtensionManifest(raw)
	}
	if key, ok := messageKey(m.Name); ok {
		m.Name = message(profile, folder, key, m.DefaultLocale)
	}
	m.Name = platform.Printable(m.Name, platform.LongestName)
	return m
}

// maxVersions is how many versions of one extension are compared; Chromium
// keeps one or two.
const maxVersions = 256

// newest returns the folder that holds the extension: the one its entry names,
// or that of the highest version there is.
func newest(profile fs.FS, id, folder string) string {
	if folder != "" {
		if _, err := fs.Stat(profile, folder); err == nil {
			return folder
		}
	}
	all := path.Join(extensionsFolder, id)
	entries, err := readFolder(profile, all, maxVersions)
	if err != nil {
		return ""
	}
	best := ""
	for _, e := range entries {
		if e.IsDir() && (best == "" || compareVersions(e.Name(), best) > 0) {
			best = e.Name()
		}
	}
	if best == "" {
		return ""
	}
	return path.Join(all, best)
}

// compareVersions orders "1.10.0_0" after "1.9.0_1".
func compareVersions(a, b string) int {
	numbers := func(s string) []uint64 {
		var list []uint64
		for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '_' }) {
			n, _ := strconv.ParseUint(part, 10, 64)
			list = append(list, n)
		}
		return list
	}
	return cmp.Or(slices.Compare(numbers(a), numbers(b)), strings.Compare(a, b))
}

// messageKey takes the key out of "__MSG_key__".
func messageKey(name string) (string, bool) {
	key, ok := strings.CutPrefix(name, "__MSG_")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(key, "__")
}

// message looks a text of an extension up. Keys ignore case.
func message(profile fs.FS, folder, key, defaultLocale string) string {
	if folder == "" {
		return ""
	}
	for _, locale := range append(slices.Clone(locales), defaultLocale) {
		if locale == "" || strings.ContainsAny(locale, `/\:`) || !fs.ValidPath(locale) {
			continue
		}
		raw, err := readFile(profile, path.Join(folder, "_locales", locale, "messages.json"), maxMessages)
		if err != nil {
			continue
		}
		if text := findMessage(raw, key); text != "" {
			return text
		}
	}
	return ""
}

func findMessage(raw []byte, key string) string {
	var text string
	_ = each(raw, func(k string, entry json.RawMessage) error {
		if !strings.EqualFold(k, key) {
			return nil
		}
		if m, err := members(entry, "message"); err == nil {
			text, _ = value[string](m["message"])
		}
		return nil
	})
	return text
}
