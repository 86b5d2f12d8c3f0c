package assets_test

import (
	"bytes"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fyne-io/oksvg"

	"yomitori/assets"
)

func TestDrawingsRender(t *testing.T) {
	for _, name := range assets.Drawings() {
		svg := assets.Drawing(name)
		icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if icon.ViewBox.W != 320 || icon.ViewBox.H != 200 {
			t.Errorf("%s is %v by %v, want 320 by 200", name, icon.ViewBox.W, icon.ViewBox.H)
		}
		if len(icon.SVGPaths) == 0 {
			t.Errorf("%s draws nothing", name)
		}
		// The renderer keeps the width of strokes whatever the scale.
		if strings.Contains(string(svg), "stroke") {
			t.Errorf("%s has strokes, want filled shapes", name)
		}
	}
}

func TestDrawingsAreThere(t *testing.T) {
	names := assets.Drawings()
	for _, name := range []string{
		"start", "reader-plug", "reader-ok",
		"card-insert", "card-touch", "card-hold", "card-wrong",
		"certificate-ok", "certificate-problem", "calendar", "calendar-over",
		"lock", "revocation", "browser", "nfc",
		"result-ok", "result-problem", "result-unknown", "service", "time",
		"menu-edge", "menu-chrome", "menu-android", "phone-settings",
		"card-chip", "extension-button", "internet-options", "reader-off-metal",
	} {
		if !slices.Contains(names, name) {
			t.Errorf("no drawing %q", name)
		}
	}
	if svg := assets.Drawing("../icon"); svg != nil {
		t.Errorf("a name that is none gives %d bytes, want nil", len(svg))
	}
}

func TestIcon(t *testing.T) {
	config, err := png.DecodeConfig(bytes.NewReader(assets.Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if config.Width != 512 || config.Height != 512 {
		t.Errorf("the icon is %d by %d, want 512 by 512", config.Width, config.Height)
	}
	svg, err := os.Open("icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	defer svg.Close()
	if _, err := oksvg.ReadIconStream(svg, oksvg.StrictErrorMode); err != nil {
		t.Errorf("icon.svg: %v", err)
	}
}
