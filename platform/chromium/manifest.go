package chromium

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"yomitori/platform"
)

const (
	// maxHostManifest is far above any real file (real ones are below 1 kB).
	maxHostManifest = 64 << 10
	// maxOrigins is how many extensions of one host are held.
	maxOrigins = 64
)

// HostManifest describes a native messaging host to a browser.
type HostManifest struct {
	Name        string
	Description string
	// Path is that of the program; on Windows it may be relative to the
	// manifest's folder.
	Path string
	// Origins are the ids of the extensions that may talk to the host. What
	// is not an extension is left out.
	Origins []string
}

// Why a browser refuses a manifest. The wording of fields follows the file.
var (
	errNotUTF8     = errors.New("not in UTF-8")
	errName        = errors.New("name has characters that are not allowed")
	errOtherName   = errors.New("name differs from the registered one")
	errDescription = errors.New("no description")
	errType        = errors.New(`type is not "stdio"`)
	errPath        = errors.New("no path")
	errOrigins     = errors.New("allowed_origins is not a list of strings")
)

// ReadHostManifest reads the manifest file of the host that is registered
// under a name. See ParseHostManifest for its errors.
func ReadHostManifest(folder fs.FS, file, host string) (HostManifest, error) {
	raw, err := readFile(folder, file, maxHostManifest)
	if err != nil {
		return HostManifest{}, fmt.Errorf("read host manifest: %w", err)
	}
	return ParseHostManifest(raw, host)
}

// ParseHostManifest understands the manifest of a host. The error names the
// first thing for which a browser refuses it; what could be read is returned
// all the same. The rules are those of Chromium (native_messaging_host_manifest).
func ParseHostManifest(raw []byte, host string) (HostManifest, error) {
	var m HostManifest
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	fields, err := members(raw, "name", "description", "path", "type", "allowed_origins")
	if err != nil {
		return m, fmt.Errorf("parse host manifest: %w", err)
	}
	name, _ := value[string](fields["name"])
	description, _ := value[string](fields["description"])
	path, _ := value[string](fields["path"])
	kind, _ := value[string](fields["type"])
	origins, listed := origins(fields["allowed_origins"])
	m = HostManifest{
		Name:        platform.Printable(name, platform.LongestName),
		Description: platform.Printable(description, platform.LongestText),
		Path:        path,
		Origins:     origins,
	}
	for _, rule := range []struct {
		kept bool
		err  error
	}{
		// A file saved in the system's code page, 932 in Japan, is refused.
		{utf8.Valid(raw), errNotUTF8},
		{IsHostName(name), errName},
		// Names in the registry and of files ignore case.
		{strings.EqualFold(name, host), errOtherName},
		{description != "", errDescription},
		{kind == "stdio", errType},
		{path != "", errPath},
		{listed, errOrigins},
	} {
		if !rule.kept {
			return m, fmt.Errorf("parse host manifest: %w", rule.err)
		}
	}
	return m, nil
}

// IsHostName reports whether a browser takes s as the name of a host: small
// letters, digits, "_", and single dots between them.
func IsHostName(s string) bool {
	for _, part := range strings.Split(s, ".") {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return len(s) <= platform.LongestName
}

// origins reads allowed_origins. Edge's own store has a scheme of its own
// (facts/os-browser.md 1.3).
func origins(raw json.RawMessage) (ids []string, listed bool) {
	elements, listed := value[[]json.RawMessage](raw)
	for _, element := range elements {
		origin, ok := value[string](element)
		if !ok {
			return ids, false
		}
		id, ok := strings.CutPrefix(origin, "chrome-extension://")
		if !ok {
			id, ok = strings.CutPrefix(origin, "extension://")
		}
		id = strings.TrimSuffix(id, "/")
		if ok && IsExtensionID(id) && !slices.Contains(ids, id) && len(ids) < maxOrigins {
			ids = append(ids, id)
		}
	}
	return ids, listed
}
