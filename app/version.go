package app

import (
	"runtime/debug"

	"yomitori/app/console"
)

// Name, id and version of the program. A test holds them against FyneApp.toml.
const (
	appID      = "jp.yomitori.wizard"
	appName    = "カード読み取り診断"
	appVersion = "0.1.0"
)

func tool() console.Tool {
	return console.Tool{Name: "yomitori", Version: appVersion, Commit: commit()}
}

// commit is the revision that was built, "" outside a checkout.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

func version() string {
	if c := commit(); len(c) > 8 {
		return appVersion + " (" + c[:8] + ")"
	}
	return appVersion
}
