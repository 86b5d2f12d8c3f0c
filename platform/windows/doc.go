// Package windows observes a Windows computer. So far that is its readers and cards,
// through PC/SC; every other area says that it is not built yet.
package windows
