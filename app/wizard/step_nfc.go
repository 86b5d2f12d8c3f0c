package wizard

import "yomitori/checks"

func nfcDrawing(_ scene, f checks.Finding) string {
	if f.Status == checks.OK {
		return "reader-ok"
	}
	return "nfc"
}

func nfcFacts(sc scene) []fact {
	r := rows{t: sc.t}
	for _, v := range sc.f.s.Readers.List {
		r.add("reader", v.Name)
	}
	return r.all
}
