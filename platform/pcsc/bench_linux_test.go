package pcsc_test

import (
	"fmt"
	"os/exec"
	"testing"
	"time"

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

func traffic(log []cardtest.Exchange) int {
	var n int
	for _, e := range log {
		n += len(e.Command) + len(e.Response)
	}
	return n
}
