package checks

// Message names something that a page says. Names are a contract, as those of
// findings are.
type Message string

// suspects are the links that a message or a moment speaks for, the most likely
// first.
type suspects []link

// suspected says what the user's words speak for.
func suspected(Question) suspects { return nil }

// place is where a finding stands among the suspects; one that is none stands
// behind all.
func (s suspects) place(f Finding) int {
	for i, l := range s {
		if l == catalogue[f.ID].link {
			return i
		}
	}
	return len(s)
}
