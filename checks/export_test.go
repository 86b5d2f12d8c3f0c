package checks

// StepOf is the step of a finding, "" for one that is not in the catalogue.
func StepOf(id ID) Step { return catalogue[id].step }

// RestsOn reports whether a finding's link needs that of another for a purpose,
// directly or through others.
func RestsOn(p Purpose, id, on ID) bool {
	return graphs[p].restsOn(catalogue[id].link, catalogue[on].link)
}

// Apart reports whether two findings of a diagnosis are about one certificate
// each.
func Apart(d Diagnosis, a, b Finding) bool { return apart(input{card: d.Card}, a, b) }

// Matters reports whether a finding's link is in the graph of a purpose.
func Matters(p Purpose, id ID) bool { return graphs[p].place(catalogue[id].link) >= 0 }

// Spellings are those by which each message is recognised.
func Spellings() map[Message][]string {
	all := map[Message][]string{}
	for _, m := range messages {
		all[m.id] = m.spellings
	}
	return all
}

// Recognised lists every message that a text is spelled like.
func Recognised(said string) []Message {
	var list []Message
	for _, m := range messages {
		for _, s := range m.spellings {
			if sayingOf(said).holds(sayingOf(s)) {
				list = append(list, m.id)
				break
			}
		}
	}
	return list
}
