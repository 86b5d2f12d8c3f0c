package pcsc

// longest is how long a wait may last when nothing happens. Not every macOS
// tells of readers that come, and a wait that ran out does not say whether it
// would have (OpenSC lists them instead, too; facts/cards.md 7). So they are
// listed at the pace of services that do not know the plug-and-play name.
const longest = poll
