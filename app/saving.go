package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"yomitori/app/report"
)

// mostOfAMinute is how many reports of one minute get a name.
const mostOfAMinute = 99

// saveIn saves reports in a folder, under names that tell when, and replaces none.
func saveIn(folder string, now func() time.Time) func(content []byte, ending string) (string, error) {
	return func(content []byte, ending string) (string, error) {
		name := "yomitori-" + now().Format("2006-01-02-1504")
		path := filepath.Join(folder, name+ending)
		for n := 2; ; n++ {
			err := report.Write(path, content, false)
			if err == nil {
				return path, nil
			}
			if !errors.Is(err, report.ErrExists) || n > mostOfAMinute {
				return "", err
			}
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", name, n, ending))
		}
	}
}
