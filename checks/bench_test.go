package checks_test

import (
	"testing"
	"time"

	"yomitori/checks"
)

// BenchmarkDiagnose judges every example. The worst of them is told beside the
// mean, and the size of a pass over the snapshot's memory to compare with.
func BenchmarkDiagnose(b *testing.B) {
	list, snapshots := allExamples(b)
	worst := make([]time.Duration, len(list))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		i := n % len(list)
		start := time.Now()
		checks.Diagnose(snapshots[i], checks.Question{Purpose: list[i].purpose, Told: list[i].told}, list[i].time(snapshots[i]))
		took := time.Since(start)
		if worst[i] == 0 || took < worst[i] {
			worst[i] = took
		}
		n++
	}
	slowest := 0
	for i := range worst {
		if worst[i] > worst[slowest] {
			slowest = i
		}
	}
	b.ReportMetric(float64(worst[slowest].Nanoseconds()), "ns/slowest")
	b.Logf("slowest: %s", list[slowest].name)
}

// BenchmarkClone copies the same snapshots: the cost of touching all that is in
// them once, to hold the judgement against.
func BenchmarkClone(b *testing.B) {
	list, snapshots := allExamples(b)
	n := 0
	for b.Loop() {
		clone(snapshots[n%len(list)])
		n++
	}
}
