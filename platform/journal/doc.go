// Package journal makes repairs so that they can be taken back, whatever happens
// in between.
//
// A repair is a list of changes (platform.RepairPlan), made one by one on a
// platform.Repairer. The journal writes each change down before it is made, and
// again when it is made, and waits each time until the disk has it. A program
// that is killed leaves an entry that says how far it came: the next start reads
// it and offers to finish the repair or to take it back, both of which can be
// killed and begun again as often as need be.
//
// Each entry is a folder of its own, named by time and repair: its lines of JSON,
// and below "kept" what the changes need to be taken back. One lock over all
// entries lets only one copy of the program change anything at a time.
//
// The journal changes nothing itself, asks nobody, and knows no repair by name.
// Start reading at [Journal.Make].
package journal
