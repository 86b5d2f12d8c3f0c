package app

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPagesAreOpenedAndRemoved(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	var opened []string
	p := &pages{open: func(u *url.URL) error { opened = append(opened, u.String()); return nil }}
	p.remove() // nothing yet
	for _, text := range []string{"<p>一</p>", "<p>二</p>"} {
		if err := p.browse([]byte(text)); err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(opened[len(opened)-1])
		if err != nil || u.Scheme != "file" || !strings.HasPrefix(u.Path, "/") {
			t.Fatalf("opened %q: %v", opened, err)
		}
		path := u.Path
		if filepath.Separator != '/' {
			path = strings.TrimPrefix(path, "/")
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("the browser reads %q, %v", got, err)
		}
	}
	if opened[0] == opened[1] {
		t.Error("one page takes the place of another")
	}
	p.remove()
	if left, _ := os.ReadDir(temp); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPagesThatCannotBeOpened(t *testing.T) {
	failed := errors.New("no browser")
	p := &pages{open: func(*url.URL) error { return failed }}
	defer p.remove()
	if err := p.browse([]byte("x")); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
}
