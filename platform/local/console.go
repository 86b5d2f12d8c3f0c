package local

import "io"

// Console is where the program prints.
type Console struct {
	Stdout, Stderr io.Writer

	leave func()
}

// Leave lets go of a console that was joined, so that a window lives on when
// the console is closed or interrupted. What is printed afterwards is lost.
func (c Console) Leave() {
	if c.leave != nil {
		c.leave()
	}
}
