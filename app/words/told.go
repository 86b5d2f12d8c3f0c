package words

import (
	"yomitori/assets"
	"yomitori/checks"
)

// Message is what the page said.
func Message(t assets.Texts, m checks.Message) string { return name(t, "message.", string(m)) }

// When names the moment at which the page said it.
func When(t assets.Texts, m checks.Moment) string { return name(t, "moment.", string(m)) }

// Elsewhere says that what the page said has its cause outside this computer, or
// is "".
func Elsewhere(t assets.Texts, told checks.Told) string {
	if !told.Message.Elsewhere() {
		return ""
	}
	key := "told.elsewhere"
	switch own := key + "." + string(told.Message); {
	case told.Message.OnPhone():
		key += ".phone"
	case t.Has(own):
		key = own
	}
	return t.Text(key, assets.Args{"message": Message(t, told.Message)})
}

// Told repeats in a line what the user told, or is "" when that is nothing.
func Told(t assets.Texts, told checks.Told) string {
	var all []string
	if told.Message != "" {
		all = append(all, t.Text("told.message", assets.Args{"message": Message(t, told.Message)}))
	}
	if told.Moment != "" {
		all = append(all, When(t, told.Moment))
	}
	for _, q := range []struct {
		about  string
		answer checks.Answer
	}{{"moved", told.Moved}, {"renamed", told.Renamed}, {"lost", told.Lost}} {
		if q.answer != "" {
			all = append(all, t.Text("told."+q.about+"."+string(q.answer)))
		}
	}
	return list(t, all)
}
