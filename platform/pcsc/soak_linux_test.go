package pcsc_test

import (
	"os"
	"runtime"
	"strconv"
	"testing"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc/pcsctest"
)

// TestManyInsertions puts cards in and takes them out, two readers at a time,
// and looks for anything that grows. YOMITORI_INSERTIONS says how many; CI does
// a thousand.
func TestManyInsertions(t *testing.T) {
	if testing.Short() {
		t.Skip("many insertions of the same kind")
	}
	rounds := 10
	if n, err := strconv.Atoi(os.Getenv("YOMITORI_INSERTIONS")); err == nil {
		rounds = n / 2
	}
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	juki := func(c platform.Card) bool { return c.OK() && c.Kind == platform.KindJuki }
	round := func() {
		a := service.Insert(0, healthy())
		b := service.Insert(1, cardtest.MyNumber(cardtest.Options{Label: cardtest.LabelJuki, OnlyJPKI: true}))
		w.until("two cards", func(s platform.Snapshot) bool { return inSlot(0, readWell)(s) && inSlot(1, juki)(s) })
		a.Remove()
		b.Remove()
		w.until("empty readers", empty)
	}
	for range 3 {
		round()
	}
	before := measure(t)
	for range rounds {
		round()
	}
	after := measure(t)
	t.Logf("%d insertions: before %+v, after %+v", 2*rounds, before, after)
	// Some of each come and go; what grows with the insertions would show.
	if after.goroutines > before.goroutines+8 || after.files > before.files+8 || after.heap > before.heap+4<<20 {
		t.Errorf("grew over %d insertions: before %+v, after %+v", 2*rounds, before, after)
	}
}

type footprint struct {
	goroutines, files int
	heap              uint64
}

func measure(t *testing.T) footprint {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return footprint{runtime.NumGoroutine(), len(files), m.HeapAlloc}
}
