package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"yomitori/assets"
	"yomitori/checks"
)

// quietCrash keeps what goroutines hold out of what the Go runtime prints when one
// of them ends the program. GOTRACEBACK brings it back for developers.
func quietCrash() { debug.SetTraceback("none") }

// crashFile is where a crash leaves its note, "" where there is no such place.
func crashFile() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "yomitori", "crash.txt")
}

// guarded runs the program and makes one sentence of a panic. What the panic says
// may be something that was seen on the computer, so it goes nowhere.
func (e Env) guarded(texts assets.Texts, run func() int) (code int) {
	defer func() {
		if r := recover(); r != nil {
			sentence := texts.Text("error.failure")
			if e.CrashFile != "" && keepNote(e.CrashFile, crashNote(r)) == nil {
				sentence = texts.Text("error.crash", assets.Args{"file": e.CrashFile})
			}
			fmt.Fprintln(e.Stderr, sentence)
			code = exitFailure
		}
	}()
	return run()
}

// crashNote says where the program was, in the names of its own functions.
func crashNote(r any) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "yomitori %s %s %s/%s\n%s\npanic of type %T\n", appVersion, commit(), runtime.GOOS, runtime.GOARCH,
		time.Now().In(checks.Japan).Format(time.RFC3339), r)
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s %s:%d\n", f.Function, f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
		if !more {
			return b.Bytes()
		}
	}
}

func keepNote(file string, note []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, note, 0o600)
}
