// Package chromiumtest runs the real Chromium in tests on Linux, against pages
// of its own.
//
// [Serve] answers for every host name, on this computer only: a page sets and
// shows cookies, and keeps a database in the browser as pages do. [Browser] is
// Chromium without a window, in a user data folder of the test. Everything waits
// for something that happens, nothing for a time.
//
// Where there is no Chromium (package chromium) the test is skipped, unless
// YOMITORI_REQUIRE_CHROMIUM=1 makes that a failure.
package chromiumtest
