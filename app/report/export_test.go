package report

// Sealed is a tree as a file with a fresh check.
var Sealed = encoded

// Place gives a file its name.
var Place = place
