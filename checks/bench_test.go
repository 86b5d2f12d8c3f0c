package checks_test

import (
	"strconv"
	"testing"
	"time"

	"yomitori/checks"
	"yomitori/platform"
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

// BenchmarkDiagnoseLarge judges a computer with more of everything than any has.
func BenchmarkDiagnoseLarge(b *testing.B) {
	s := large(b)
	for _, p := range checks.Purposes {
		b.Run(string(p), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				checks.Diagnose(s, checks.Question{Purpose: p, Told: checks.Told{Message: checks.MessageRegisterDoesNothing}}, s.Taken)
			}
		})
	}
}

// large is a clinic's computer, many times over.
func large(b *testing.B) platform.Snapshot {
	s := clone(computer(b, "hpki-healthy"))
	s.Store.List = times(s.Store.List, 500, func(c *platform.StoreCertificate, i int) { c.Serial += strconv.Itoa(i) })
	s.Hosts.List = times(s.Hosts.List, 300, func(h *platform.NativeHost, i int) { h.Name += strconv.Itoa(i) })
	s.Devices.List = times(s.Devices.List, 200, func(d *platform.Device, i int) { d.Name += strconv.Itoa(i) })
	s.Readers.List = times(s.Readers.List, 20, func(r *platform.Reader, i int) { r.Name += strconv.Itoa(i) })
	s.Clients.Processes = times(s.Clients.Processes, 300, func(p *platform.Process, i int) { p.Program += strconv.Itoa(i) })
	for i := range s.Browsers.List {
		for j := range s.Browsers.List[i].Profiles {
			p := &s.Browsers.List[i].Profiles[j]
			p.Extensions = times(p.Extensions, 200, func(x *platform.Extension, i int) { x.ID += strconv.Itoa(i) })
		}
	}
	return s
}

// times is a list and changed copies of what is in it, n in all.
func times[T any](list []T, n int, change func(*T, int)) []T {
	for i := 0; len(list) > 0 && len(list) < n; i++ {
		v := list[i]
		change(&v, i)
		list = append(list, v)
	}
	return list
}
