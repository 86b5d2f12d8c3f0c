// Package chromium reads what Chrome, Edge and Chromium keep on disk. The files
// are the same on every system; only the folder differs, so it is given as a
// [fs.FS]. Reading is bounded, and writes nothing.
//
// What a repair changes goes through [UserData]: rows of cookies and folders of
// databases of the official services, and caches. It copies first what it
// removes, never touches a file of preferences, and follows no link.
package chromium
