package macos_test

import "testing"

// Where ioreg fails, readers are known by their ids only, and one that is not
// among them may be there.
func TestNoKnownReaderIsNotNoReader(t *testing.T) {
	const old, other = "/usr/sbin/system_profiler SPUSBDataType -json", "/usr/sbin/system_profiler SPUSBHostDataType -json"
	for name, report := range map[string]string{
		"nothing":         `{ "SPUSBDataType" : [ ] }`,
		"only a keyboard": `{ "SPUSBDataType" : [ { "_name" : "Tastatur", "vendor_id" : "0x05ac", "product_id" : "0x0267" } ] }`,
	} {
		m := load(t, "sonoma-intel.txtar")
		if d := m.observe(t).Devices; !d.OK() || len(d.List) != 1 || d.Detail == "" {
			t.Fatalf("%+v", d)
		}
		m.runs[old], m.runs[other] = answer{out: report}, answer{out: `{ "SPUSBHostDataType" : [ ] }`}
		if d := m.observe(t).Devices; d.OK() || d.Detail == "" || len(d.List) != 0 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}
