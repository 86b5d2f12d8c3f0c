// Package chromium reads what Chrome, Edge and Chromium keep on disk. The files
// are the same on every system; only the folder differs, so it is given as a
// [fs.FS]. Reading is bounded, and nothing is ever written.
package chromium
