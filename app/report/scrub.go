package report

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Personal says who uses the computer, so that it can be left out of what is
// written. Empty fields are not known.
type Personal struct {
	User string // as they log in; may begin with a domain
	Home string // full path of their home folder
	Host string // name of the computer
}

// rule finds one kind of thing that tells of a person within a text.
type rule struct {
	token   string
	pattern *regexp.Regexp
	// found decides on what the pattern found, if it is not nil: text[a:b].
	found func(text string, a, b int) bool
	// one is true where all that is found stands for the same.
	one bool
	// only are the fields to look in, if not in all but those of except.
	only, except []string
}

// What may stand in free text. The part of a pattern in brackets is replaced, or
// all of it where there are none.
var everywhere = []rule{
	{token: "mail", pattern: regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)},
	{token: "sid", pattern: regexp.MustCompile(`(?i)\bS-1-\d+(?:-\d+){3,}`)},
	{
		token: "user", found: ofPerson,
		pattern: regexp.MustCompile(`(?i)(?:\b[a-z]:[\\/¥]+|[\\¥]+)(?:users|documents and settings)[\\/¥]+([^\\/¥:*?"<>|«»]+)`),
	},
	{ // with blanks in it, where something says where it ends
		token: "user", found: ofPerson,
		pattern: regexp.MustCompile(`(?:^|[^\pL\pN.-]|/export|/var|/usr)/(?:Users|home)/+([^/\s:"'<>|«»]+(?:[ \x{3000}]+[^/\s:"'<>|«»]+)+)[/:"'>]`),
	},
	{
		token: "user", found: ofPerson,
		pattern: regexp.MustCompile(`(?:^|[^\pL\pN.-]|/export|/var|/usr)/(?:Users|home)/+([^/\s:"'<>|«»]+)`),
	},
	{token: "host", pattern: regexp.MustCompile(`^(?:\\\\|¥¥)([\pL\pN](?:[\pL\pM\pN._-]*[\pL\pM\pN])?)(?:[\\/¥\s]|$)`)},
	{token: "host", pattern: regexp.MustCompile(`[\s"'(=,;](?:\\\\|¥¥)([\pL\pN](?:[\pL\pM\pN._-]*[\pL\pM\pN])?)`)},
	{token: "mac", pattern: regexp.MustCompile(`\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5,}\b`)},
	{token: "ip", pattern: regexp.MustCompile(`\d{1,3}(?:\.\d{1,3}){3}`), found: isAddress, except: numbered},
	{token: "ip", pattern: regexp.MustCompile(`[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}`), found: isAddress},
	{token: "user", pattern: regexp.MustCompile(`[A-Za-z]://([^\s/@«»]+)@`)},
	{token: "host", pattern: regexp.MustCompile(`^@([\pL\pN](?:[\pL\pM\pN._-]*[\pL\pM\pN])?)`)}, // behind that user
	{
		token: "host", found: elsewhere,
		pattern: regexp.MustCompile(`(?i)\b(?:smb|cifs|afp|nfs|s?ftps?|ssh|rdp|vnc|davs?|file|socks[a-z0-9]*)://([\pL\pN](?:[\pL\pM\pN._-]*[\pL\pM\pN])?)`),
	},
	{
		token: "host", found: elsewhere, except: issuers,
		pattern: regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://([\pL\pN](?:[\pL\pM\pN._-]*[\pL\pM\pN])?)`),
	},
	{token: "host", pattern: regexp.MustCompile(`(?i)\b(?:host|lookup)[ :="]+([\pL\pN][\pL\pN-]*(?:\.[\pL\pN-]+)+)`), found: elsewhere},
	{token: "host", pattern: regexp.MustCompile(`([\pL\pN][\pL\pN-]*(?:\.[\pL\pN-]+)*\.\pL[\pL\pN-]*):\d{2,5}\b`), found: elsewhere},
	{token: "serial", pattern: regexp.MustCompile(`\d{8,}`), only: []string{"name", "model", "reader"}},
	{token: "serial", pattern: regexp.MustCompile(`\(([0-9A-Za-z-]{6,})\)`), found: mostlyDigits},
	{token: "serial", pattern: regexp.MustCompile(`(?i)\b(?:S/N|SN|serial(?: number| no\.?)?)\s*[:#=]?\s*([0-9A-Z-]*\d[0-9A-Z-]{2,})`)},
}

// numbered are the fields in which four numbers between dots are a version or the
// name of a rule, and no address.
var numbered = []string{"version", "min_system", "listed", "release", "ext_key_usage", "issuer", "authority"}

// issuers are the fields with addresses of who issues certificates.
var issuers = []string{"crl", "ocsp", "url"}

// rulesFor adds those for the user and the computer. They come after the mail
// addresses that the names may be part of, and before the paths.
func rulesFor(who Personal) []rule {
	var own []rule
	home := strings.FieldsFunc(who.Home, isSlash)
	user := strings.FieldsFunc(who.User, isSlash)
	names := append(last(user), last(home)...)
	host, _, _ := strings.Cut(who.Host, ".")
	for _, v := range []struct {
		token string
		names []string
	}{{"user", names}, {"host", []string{who.Host, host}}} {
		if p := anyOf(v.names); p != nil {
			own = append(own, rule{token: v.token, pattern: p, found: wholeWord, one: true})
		}
	}
	return slices.Concat(everywhere[:1], own, everywhere[1:])
}

func isSlash(r rune) bool { return r == '/' || r == '\\' }

func last(parts []string) []string { return parts[max(0, len(parts)-1):] }

// nobody are names that tell of nobody, and stand in texts for other reasons.
var nobody = []string{
	"root", "admin", "administrator", "user", "users", "guest", "owner", "public", "default", "shared", "all users", "default user",
	"system", "home", "localhost", "local", "windows", "debian", "ubuntu", "desktop", "card", "reader", "japan", "test",
}

// anyOf is a pattern for names, the longest first, or nil. A name of one or two
// letters stands in too many words to be looked for outside of paths.
func anyOf(names []string) *regexp.Regexp {
	var all []string
	for _, n := range names {
		long := utf8.RuneCountInString(n) > 2 || len(n) > utf8.RuneCountInString(n) && utf8.RuneCountInString(n) > 1
		if !long || slices.Contains(nobody, strings.ToLower(n)) {
			continue
		}
		// File names of macOS come apart into letters and accents.
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			all = append(all, regexp.QuoteMeta(form.String(n)))
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(`(?i)(?:` + strings.Join(slices.Compact(all), "|") + `)`)
}

// wholeWord reports whether what was found is no part of a longer Latin word.
func wholeWord(text string, a, b int) bool {
	return (a == 0 || !latin(text[a-1]) || !latin(text[a])) && (b == len(text) || !latin(text[b-1]) || !latin(text[b]))
}

func latin(c byte) bool {
	return digit(c) || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func ofPerson(text string, a, b int) bool {
	return !slices.Contains(nobody, strings.ToLower(strings.TrimSpace(text[a:b])))
}

// elsewhere reports whether the name of a computer is not the one of every computer.
func elsewhere(text string, a, b int) bool {
	return !strings.EqualFold(text[a:b], "localhost") && !loopback(text[a:b])
}

func loopback(text string) bool {
	ip, err := netip.ParseAddr(text)
	return err == nil && ip.IsLoopback()
}

// isAddress reports whether what was found is an address that tells of a network,
// and no part of a longer number.
func isAddress(text string, a, b int) bool {
	joined := digit
	if strings.Contains(text[a:b], ":") {
		joined = latin
	}
	switch {
	case a > 0 && (joined(text[a-1]) || text[a-1] == '.'), b < len(text) && joined(text[b]):
		return false
	case b+1 < len(text) && text[b] == '.' && digit(text[b+1]):
		return false
	}
	ip, err := netip.ParseAddr(text[a:b])
	return err == nil && !ip.IsLoopback() && !ip.IsUnspecified()
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func mostlyDigits(text string, a, b int) bool {
	digits := 0
	for _, c := range []byte(text[a:b]) {
		if digit(c) {
			digits++
		}
	}
	return digits >= 4
}

// ours are fields with words of the program, which a user may be called like, too.
var ours = []string{"os", "arch", "program_arch", "browsers", "supported", "works_in", "kinds"}

var ourWord = regexp.MustCompile(`^[a-z0-9-]{1,20}$`)

// scrub replaces what tells of a person in a text of a field.
func (m *masker) scrub(field, s string) string {
	if slices.Contains(ours, field) && ourWord.MatchString(s) {
		return s
	}
	for _, r := range m.rules {
		if slices.Contains(r.except, field) || r.only != nil && !slices.Contains(r.only, field) {
			continue
		}
		s = outside(s, func(part string) string { return m.apply(r, part) })
	}
	return s
}

// outside changes what stands between the tokens of a text.
func outside(s string, change func(string) string) string {
	if !strings.Contains(s, "«") {
		return change(s)
	}
	var out strings.Builder
	from := 0
	for _, at := range aToken.FindAllStringIndex(s, -1) {
		out.WriteString(change(s[from:at[0]]) + s[at[0]:at[1]])
		from = at[1]
	}
	return out.String() + change(s[from:])
}

func (m *masker) apply(r rule, s string) string {
	var out strings.Builder
	from := 0
	for _, at := range r.pattern.FindAllStringSubmatchIndex(s, -1) {
		a, b := at[len(at)-2], at[len(at)-1] // of the brackets, or of all
		if r.found != nil && !r.found(s, a, b) {
			continue
		}
		value := s[a:b]
		if r.one {
			value = ""
		}
		out.WriteString(s[from:a] + m.token(r.token, value))
		from = b
	}
	return out.String() + s[from:]
}
