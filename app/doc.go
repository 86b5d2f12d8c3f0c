// Package app is the program: the command line, the choice of a front end, and
// the joining of a computer with the checks.
//
// [Main] is called by main.go with everything the process has; nothing below it
// reads os.Args, os.Stdout or the clock by itself, so whole commands run inside
// tests. window.go is the only file of the module that imports Fyne's driver.
package app
