package app

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// pages are written for a browser to show, into a folder that is made with the first.
type pages struct {
	open   func(*url.URL) error
	mu     sync.Mutex
	folder string
	count  int
}

// browse opens a page in the browser.
func (p *pages) browse(page []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder == "" {
		folder, err := os.MkdirTemp("", "yomitori-")
		if err != nil {
			return fmt.Errorf("make folder of pages: %w", err)
		}
		p.folder = folder
	}
	p.count++
	file := filepath.Join(p.folder, strconv.Itoa(p.count)+".html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	if err := p.open(fileURL(file)); err != nil {
		return fmt.Errorf("open page: %w", err)
	}
	return nil
}

// remove removes what was written. A browser keeps what it shows.
func (p *pages) remove() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder != "" {
		_ = os.RemoveAll(p.folder) // what stays is in the folder for what may go
	}
}

// fileURL is the address of a file; that of a drive begins with a slash.
func fileURL(file string) *url.URL {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
