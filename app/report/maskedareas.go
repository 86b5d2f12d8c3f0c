package report

import (
	"slices"
	"strconv"

	"yomitori/assets"
)

// maskedArea says in which form an area stands in the report.
type maskedArea struct {
	Area, Plain     string
	plain           int
	Masked, LeftOut []string
}

// maskedAreas sums up what is in a report, by area.
func maskedAreas(t assets.Texts, items []Item) []maskedArea {
	var all []maskedArea
	for _, it := range items {
		name := t.Text("area." + string(it.Area))
		at := slices.IndexFunc(all, func(a maskedArea) bool { return a.Area == name })
		if at < 0 {
			at = len(all)
			all = append(all, maskedArea{Area: name})
		}
		a, field := &all[at], textOr(t, "token."+it.Name(), it.Name())
		switch it.State {
		case ItemPlain:
			a.plain++
		case ItemMasked:
			a.Masked = appendNew(a.Masked, field+": "+Readable(t, it.Example))
		case ItemLeftOut:
			a.LeftOut = appendNew(a.LeftOut, textOr(t, "left-out."+it.Name(), it.Name()))
		}
	}
	for i := range all {
		all[i].Plain = t.Text("report.fields", assets.Args{"number": strconv.Itoa(all[i].plain)})
	}
	return all
}

func appendNew(all []string, s string) []string {
	if slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}
