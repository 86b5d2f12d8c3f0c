package report

import (
	"fmt"
	"regexp"
	"strconv"

	"yomitori/assets"
)

// aToken is what stands for a value that is not shown: «subject 1».
var aToken = regexp.MustCompile(`«([a-z0-9_-]+) (\d{1,4})»`)

var onlyToken = regexp.MustCompile(`^` + aToken.String() + `$`)

// token names a value by its field and the order of appearance: «subject 1». What
// is a token already, as in a report that is opened, stays the one that it is.
func (m *masker) token(name, value string) string {
	if was := onlyToken.FindStringSubmatch(value); was != nil {
		n, _ := strconv.Atoi(was[2]) // it holds digits only
		m.counts[was[1]] = max(n, m.counts[was[1]])
		return value
	}
	key := name + "\x00" + value
	if t, ok := m.tokens[key]; ok {
		return t
	}
	m.counts[name]++
	m.tokens[key] = fmt.Sprintf("«%s %d»", name, m.counts[name])
	return m.tokens[key]
}

// Readable writes the tokens in a text in the language of a person.
func Readable(t assets.Texts, s string) string {
	return aToken.ReplaceAllStringFunc(s, func(token string) string {
		part := aToken.FindStringSubmatch(token)
		key := "token." + part[1]
		if !t.Has(key) {
			return token
		}
		return t.Text("format.token", assets.Args{"name": t.Text(key), "number": part[2]})
	})
}
