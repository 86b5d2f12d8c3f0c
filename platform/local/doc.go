// Package local picks the computer that the program runs on. It is the one
// place that chooses by operating system.
package local
