package wizard

import (
	"yomitori/app/words"
	"yomitori/checks"
)

func browserDrawing(scene, checks.Finding) string { return "browser" }

func browserFacts(sc scene) []fact {
	r := rows{t: sc.t}
	for _, b := range sc.s.Browsers.List {
		name := words.Args(sc.t, checks.Evidence{Browsers: []string{string(b.Name)}})["browsers"]
		r.add("browser", name+" "+b.Version)
	}
	return r.all
}
