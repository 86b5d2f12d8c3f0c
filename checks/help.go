package checks

import "yomitori/platform"

// Help is what a repair did for what it was made for.
type Help string

// What a repair can do. CannotTell stands for what nobody sees from outside: a
// remembered choice of a certificate for one.
const (
	Helped     Help = "helped"
	NotHelped  Help = "not-helped"
	CannotTell Help = "cannot-tell"
	StillLooks Help = "still-looking"
)

// HelpOf compares the diagnoses from before and after a repair, of one question.
func HelpOf(before, after Diagnosis, r platform.Repair) Help { panic("to be built") }
