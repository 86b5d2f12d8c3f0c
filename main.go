// Yomitori finds out why a Japanese smart card cannot be used on this computer.
package main

import (
	"os"

	"yomitori/app"
)

func main() { os.Exit(app.Main(os.Args[1:])) }
