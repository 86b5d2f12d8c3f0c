package report

import (
	"strconv"
	"strings"

	"yomitori/assets"
)

// Inventory says what of the computer is in a report, and in which form, one line
// for each.
func (r Report) Inventory(t assets.Texts) string {
	var b strings.Builder
	separator := t.Text("format.list-separator")
	plain := 0
	for _, a := range maskedAreas(t, r.contents) {
		args := assets.Args{
			"area":   a.Area,
			"masked": strings.Join(a.Masked, separator), "left_out": strings.Join(a.LeftOut, separator),
		}
		plain += a.plain
		if len(a.Masked) > 0 {
			b.WriteString(t.Text("report.saved.masked", args) + "\n")
		}
		if len(a.LeftOut) > 0 {
			b.WriteString(t.Text("report.saved.left-out", args) + "\n")
		}
	}
	return b.String() + t.Text("report.saved.plain", assets.Args{"number": strconv.Itoa(plain)}) + "\n"
}
