package report

// Sealed is a tree as a file with a fresh check.
var Sealed = encoded
