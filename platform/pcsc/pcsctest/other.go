//go:build !linux

package pcsctest

import (
	"testing"

	"yomitori/platform/card/cardtest"
)

// Service is a pcscd with virtual readers. There is none on this system.
type Service struct{}

// Slot is a card in a reader.
type Slot struct{}

// Start skips the test.
func Start(tb testing.TB) *Service {
	tb.Helper()
	return StartWith(tb, Setup{})
}

// StartWith skips the test.
func StartWith(tb testing.TB, _ Setup) *Service {
	tb.Helper()
	tb.Skip("virtual readers need Linux")
	return nil
}

// The rest exists so that tests compile everywhere; no test gets here.

// Reader is not reached.
func (s *Service) Reader(int) string { return "" }

// Stop is not reached.
func (s *Service) Stop() {}

// Kill is not reached.
func (s *Service) Kill() {}

// Restart is not reached.
func (s *Service) Restart() {}

// RestartWith is not reached.
func (s *Service) RestartWith(Setup) {}

// Insert is not reached.
func (s *Service) Insert(int, cardtest.Card) *Slot { return nil }

// Pull is not reached.
func (s *Service) Pull(int) {}

// Powered is not reached.
func (s *Slot) Powered() <-chan struct{} { return nil }

// Removed is not reached.
func (s *Slot) Removed() <-chan struct{} { return nil }

// Remove is not reached.
func (s *Slot) Remove() {}
