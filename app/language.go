package app

import (
	"strings"

	"yomitori/assets"
)

// language picks the language: --lang, or else English only where the
// environment asks for it. It is needed before the flags are parsed, because
// even a mistake in them is answered in it.
func language(args []string, getenv func(string) string) assets.Lang {
	for i, a := range args {
		if value, ok := strings.CutPrefix(a, "--lang="); ok {
			return known(value)
		}
		if a == "--lang" && i+1 < len(args) {
			return known(args[i+1])
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return known(v)
		}
	}
	return assets.Japanese
}

func known(v string) assets.Lang {
	if strings.HasPrefix(strings.ToLower(v), string(assets.English)) {
		return assets.English
	}
	return assets.Japanese
}
