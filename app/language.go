package app

import (
	"slices"
	"strings"

	"yomitori/assets"
)

// language picks the language: --lang, or else English only where the
// environment asks for it. It is needed before the flags are parsed, because
// even a mistake in them is answered in it.
func language(args []string, getenv func(string) string) (assets.Lang, error) {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if !ok {
			continue
		}
		if l := assets.Lang(value); slices.Contains(assets.Langs, l) {
			return l, nil
		}
		return assets.Japanese, usage("error.unknown-language", assets.Args{"lang": value})
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), string(assets.English)) {
				return assets.English, nil
			}
			return assets.Japanese, nil
		}
	}
	return assets.Japanese, nil
}
