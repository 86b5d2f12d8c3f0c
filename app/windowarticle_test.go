//go:build linux

package app_test

import "testing"

// A code is typed on the first page, and its article read, on a real window with
// nothing but the keyboard.
func TestWindowExplains(t *testing.T) {
	binary(t)
	s := newScreen(t)
	s.open("practice", "nfc-conflict")
	s.until("カード読み取り診断")
	s.key("Tab", "Tab", "Tab", "Tab", "Tab") // past the purposes
	s.run("xdotool", "type", "hub0002")
	s.key("Return")
	s.shows("画面に出たメッセージから調べる - ", "search")
	s.key("Tab", "Tab", "Return")
	s.shows("「HUB0002」と出る - ", "article")
	s.key("Escape")
	s.until("画面に出たメッセージから調べる - ")
	s.key("Escape")
	s.until("カード読み取り診断")
}
