package pcsc_test

import (
	"context"
	"fmt"
	"os/exec"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc"
	"yomitori/platform/pcsc/pcsctest"
)

// BenchmarkAgainstOpenSC reads the same virtual card through the same pcscd with
// this program and with pkcs15-tool: all that we read in one go, and OpenSC's
// certificate and counters, which are two runs of its tool.
func BenchmarkAgainstOpenSC(b *testing.B) {
	tool, err := exec.LookPath("pkcs15-tool")
	if err != nil {
		b.Skip("pkcs15-tool is not installed (Debian: opensc)")
	}
	service := pcsctest.Start(b)
	for _, delay := range []time.Duration{0, 20 * time.Millisecond} {
		chip := cardtest.MyNumber(cardtest.Options{CertificateSize: 1650})
		slot := service.Insert(0, cardtest.Delay(chip, delay))
		<-slot.Powered()
		measure := func(name string, run func() error) {
			b.Run(fmt.Sprintf("%s/%v", name, delay), func(b *testing.B) {
				var n int
				for b.Loop() {
					chip.ClearLog()
					if err := run(); err != nil {
						b.Fatal(err)
					}
					n = len(chip.Log())
				}
				b.ReportMetric(float64(n), "APDUs")
				b.ReportMetric(float64(traffic(chip.Log())), "bytes")
			})
		}
		measure("yomitori", func() error {
			c, err := pcsc.ReadOnce(b.Context(), service.Reader(0), chip.ATR())
			if err == nil && !c.OK() {
				err = fmt.Errorf("read card: %+v", c.Look)
			}
			return err
		})
		measure("opensc-certificate", func() error { return exec.Command(tool, "--read-certificate", "1").Run() })
		measure("opensc-pins", func() error { return exec.Command(tool, "--list-pins").Run() })
		slot.Remove()
		<-slot.Removed()
	}
}

// BenchmarkFamilies reads one card of each family through the real service.
func BenchmarkFamilies(b *testing.B) {
	service := pcsctest.Start(b)
	for _, family := range []struct {
		name string
		card cardtest.Card
	}{
		{"mynumber", cardtest.MyNumber(cardtest.Options{CertificateSize: 1650})},
		{"hpki-field", cardtest.HPKI(cardtest.HPKIOptions{})},
		{"hpki-guideline", cardtest.HPKI(cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout})},
		{"piv", cardtest.PIV(cardtest.PIVOptions{})},
		{"driver-licence", cardtest.Applets(cardtest.AIDLicence1)},
		{"residence", cardtest.Applets(cardtest.AIDResidence1)},
		{"passport", cardtest.Applets(cardtest.AIDPassport)},
		{"openpgp", cardtest.Applets(cardtest.AIDOpenPGP)},
		{"emv", cardtest.Applets(cardtest.AIDPSE)},
		{"bcas", cardtest.Storage(cardtest.ATRBCAS)},
		{"felica", cardtest.Storage(cardtest.ATRFeliCa)},
		{"unknown", cardtest.NewChip(cardtest.ATRContact)},
	} {
		for _, delay := range []time.Duration{0, 20 * time.Millisecond} {
			slot := service.Insert(0, cardtest.Delay(family.card, delay))
			<-slot.Powered()
			b.Run(fmt.Sprintf("%s/%v", family.name, delay), func(b *testing.B) {
				var c platform.Card
				for b.Loop() {
					var err error
					if c, err = pcsc.ReadOnce(b.Context(), service.Reader(0), family.card.ATR()); err != nil || !c.OK() {
						b.Fatalf("read card: %+v, %v", c.Look, err)
					}
				}
				b.ReportMetric(float64(c.APDUs), "APDUs")
				b.ReportMetric(float64(c.Bytes), "bytes")
			})
			slot.Remove()
			<-slot.Removed()
		}
	}
}

// BenchmarkEvents measures how soon a follower tells what happened: from the
// moment the service powers a card to the verdict, and from a service that is
// back to its readers. The targets are in DESIGN.md: 0.2 s beside the APDUs,
// and 2 s.
func BenchmarkEvents(b *testing.B) {
	service := pcsctest.Start(b)
	news := make(chan platform.Snapshot, 10_000)
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	go func() {
		var s platform.Snapshot
		pcsc.New().Follow(ctx, func(f func(*platform.Snapshot)) { f(&s); news <- s })
	}()
	until := func(ok func(platform.Snapshot) bool) {
		for s := range news {
			if ok(s) {
				return
			}
		}
	}
	b.Run("card-to-verdict", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			slot := service.Insert(0, cardtest.MyNumber(cardtest.Options{}))
			<-slot.Powered()
			b.StartTimer()
			until(inSlot(0, readWell))
			b.StopTimer()
			slot.Remove()
			until(empty)
			b.StartTimer()
		}
	})
	b.Run("service-back", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			service.Stop()
			until(func(s platform.Snapshot) bool { return !s.Readers.OK() })
			service.Restart()
			b.StartTimer()
			until(empty)
		}
	})
}

func traffic(log []cardtest.Exchange) int {
	var n int
	for _, e := range log {
		n += len(e.Command) + len(e.Response)
	}
	return n
}
