package report_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"yomitori/app/report"
)

// Another program may take the name between the question whether it is free and the
// moment at which the file gets it.
func TestNameTakenMeanwhileIsNotReplaced(t *testing.T) {
	folder := t.TempDir()
	from, path := filepath.Join(folder, "from"), filepath.Join(folder, "to")
	for file, text := range map[string]string{from: "ours", path: "theirs"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := report.Place(from, path); !errors.Is(err, report.ErrExists) {
		t.Errorf("got %v", err)
	}
	if got, err := os.ReadFile(path); string(got) != "theirs" {
		t.Errorf("%s, %v", got, err)
	}
}
