// Package pcsctest runs a real PC/SC service with virtual readers, for tests of
// everything between the program and a card.
//
// [Start] takes care of pcscd, the PC/SC service of Linux, and of vpcd, a
// driver for it whose reader is a TCP port. What connects to that port is a
// card; here it is a [cardtest.Card]:
//
//	service := pcsctest.Start(t)
//	slot := service.Insert(0, cardtest.MyNumber(cardtest.Options{}))
//	// … read the card through PC/SC …
//	slot.Remove()
//
// There can be only one pcscd on a computer, and go test runs packages at the
// same time, so Start holds a lock until the test is over. A second Start in
// the same test would wait for itself.
//
// Things to know about pcscd 1.9.9 and vpcd 3.3, found by experiment:
//
//   - vpcd looks for a card only when pcscd polls, every 400 ms. A card is seen
//     up to that much after Insert; [Slot.Powered] tells when. It stops being
//     seen up to that much after Remove, and a card that follows at once needs
//     one more poll, so programs always see the removal in between.
//   - vpcd holds one connection and lets one more wait. Insert hides this.
//   - pcscd built with libudev ignores SIGUSR1 and pcscd -H: it never reads its
//     configuration again, so readers come and go only with a restart
//     ([Service.RestartWith]).
//   - vpcd always brings two slots. One reader alone is a driver of five lines
//     around vpcd's, compiled when it is wanted.
//   - A card that goes away in the middle of a command makes SCardTransmit fail
//     with SCARD_E_NOT_TRANSACTED.
//   - vpcd has no deadline of its own: a card that does not answer holds up its
//     slot until it is removed.
//
// The package talks TCP and starts processes; it needs no cgo. On systems other
// than Linux every function skips the test. Where pcscd or vpcd is missing the
// test is skipped too, unless YOMITORI_REQUIRE_PCSC=1 makes that a failure.
// Start reading at service.go.
package pcsctest
