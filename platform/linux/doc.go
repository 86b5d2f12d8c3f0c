// Package linux observes a Linux computer. Linux is where Yomitori is developed
// and shown, not where the official services run, so it looks at what is there:
// the PC/SC service, readers and cards, USB and NFC devices, browsers.
//
// Everything but the cards is read from files, through an [fs.FS] of the whole
// tree, so that recorded trees stand in for a computer in tests. Start at [New].
package linux
