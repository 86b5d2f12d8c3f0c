package checks

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
