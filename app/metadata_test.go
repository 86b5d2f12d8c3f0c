package app

import (
	"os"
	"testing"

	"github.com/BurntSushi/toml"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

// FyneApp.toml is what Fyne's tools read, the constants what the program knows.
func TestMetadata(t *testing.T) {
	raw, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Details    struct{ Icon, Name, ID, Version string }
		Migrations struct{ FyneDo bool }
	}
	if err := toml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	d := file.Details
	if d.ID != appID || d.Name != appName || d.Version != appVersion || !file.Migrations.FyneDo {
		t.Errorf("FyneApp.toml says %+v", file)
	}
	if _, err := os.Stat("../" + d.Icon); err != nil {
		t.Error(err)
	}
}

// A support code tells the version of the program only up to some numbers.
func TestVersionFitsIntoSupportCodes(t *testing.T) {
	if got := supportcode.Of(checks.Diagnosis{}, platform.Snapshot{}, appVersion).Program(); got != appVersion {
		t.Errorf("codes of %s tell %q", appVersion, got)
	}
}
