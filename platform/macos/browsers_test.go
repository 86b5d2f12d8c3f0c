package macos_test

import (
	"fmt"
	"testing"
)

// Safari's processes are its own by whichever path macOS tells of them.
func TestSafariRuns(t *testing.T) {
	const list = "/bin/ps -axww -o pid=,ppid=,uid=,etime=,comm="
	for program, want := range map[string]int{
		"/Applications/Safari.app/Contents/MacOS/Safari":                                                                                                    1,
		"/System/Cryptexes/App/System/Applications/Safari.app/Contents/MacOS/Safari":                                                                        1,
		"/System/Volumes/Preboot/Cryptexes/App/System/Applications/Safari.app/Contents/MacOS/Safari":                                                        1,
		"/System/Volumes/Preboot/Cryptexes/OS/System/Library/Frameworks/WebKit.framework/Versions/A/XPCServices/com.apple.WebKit.WebContent.xpc/Contents/x": 0,
		"/Applications/Safari.app.old/Contents/MacOS/Safari":                                                                                                0,
	} {
		m := load(t, "tahoe.txtar")
		m.runs[list] = answer{out: fmt.Sprintf("  950     1   501       00:07 %s\n", program)}
		if b := m.observe(t).Browsers.List[0]; b.Name != "safari" || b.Running != want {
			t.Errorf("%s: %+v", program, b)
		}
	}
}
