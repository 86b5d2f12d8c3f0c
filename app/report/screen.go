package report

import (
	"reflect"

	"yomitori/assets"
	"yomitori/checks"
)

// Screen masks what a window shows while others look on. A value keeps its token for as
// long as the screen is kept, wherever it is shown.
type Screen struct{ m *masker }

// NewScreen makes a screen on which nothing tells of somebody.
func NewScreen(who Personal) *Screen { return &Screen{newMasker(who)} }

// OnScreen is Masked with the tokens of a screen, in the language of those who look at
// it.
func OnScreen[T any](s *Screen, t assets.Texts, v T) T {
	s.m.readable = func(text string) string { return Readable(t, text) }
	return s.m.copy(reflect.ValueOf(&v).Elem(), "plain", "").Interface().(T)
}

// Diagnosis is OnScreen for a diagnosis, whose cause stays one of its findings.
func (s *Screen) Diagnosis(t assets.Texts, d checks.Diagnosis) checks.Diagnosis {
	return relinked(d, OnScreen(s, t, parts{Findings: d.Findings, Card: d.Card}))
}
