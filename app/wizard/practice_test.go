package wizard

import (
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// TestPracticePages shows the pages on which practice computers differ, folded
// out, in the smallest window.
func TestPracticePages(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		for _, purpose := range []checks.Purpose{checks.ETax, checks.HPKI} {
			t.Run(string(lang)+"/"+string(purpose), func(t *testing.T) {
				r := newRig(t, Options{Lang: lang})
				r.win.Resize(size)
				for _, name := range practice.Names() {
					c, err := practice.Open(name)
					if err != nil {
						t.Fatal(err)
					}
					s, err := platform.Observe(t.Context(), c, nil)
					if err != nil {
						t.Fatal(err)
					}
					r.home()
					r.choose(purpose)
					r.puppet.shots <- s
					<-r.puppet.taken
					for _, p := range []page{pageReader, pageBrowser, pageNFC, pageResult} {
						r.flow.page, r.flow.reached, r.unfolded, r.shell.shown = p, len(rail)-1, true, nil
						r.update()
						wantWords(t, r)
						wantRoom(t, r, size)
					}
				}
			})
		}
	}
}
