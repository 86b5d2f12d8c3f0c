// Package words puts findings into sentences.
//
// Package checks says what is the case, with evidence and without prose;
// package assets holds the sentences. Every front end joins the two here, so
// that the wizard, the console and a report never say it differently.
package words

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Title is the one sentence that says what a finding means. Where all is well
// as far as one program stands for another, a second one says so.
func Title(t assets.Texts, f checks.Finding) string {
	title := t.Text(variant(t, f, base(t, f)+titleOf(f)), Args(t, f.Evidence))
	if f.Status == checks.OK && f.Evidence.StandsIn() {
		return Sentences(t, title, t.Text("stand-in.title"))
	}
	return title
}

// Advice is what to do about a finding, or "" when there is nothing to do. It
// names the browsers that can be used meanwhile, and says where one program was
// looked at for another and where a rule is old: who follows the advice should
// know what it rests on.
func Advice(t assets.Texts, f checks.Finding) string {
	advice := optional(t, f, ".do")
	switch {
	case advice == "":
		return ""
	case f.Evidence.StandsIn():
		advice = Sentences(t, advice, t.Text("stand-in"))
	case len(f.Evidence.WorksIn) > 0:
		advice = Sentences(t, advice, t.Text("works-in", Args(t, f.Evidence)))
	}
	if slices.Contains(f.Evidence.Conditions, checks.NewerCard) {
		advice = Sentences(t, advice, t.Text("newer-card"))
	}
	return Sentences(t, advice, outdated(t, f.Evidence))
}

// About explains a finding to those who want to know more, or is "". It says
// what the matter is with the card's other certificate, that there are certificates of other cards and, unless Advice does, where one
// program was looked at for another (checks.Evidence.Software) and where a rule
// is old.
func About(t assets.Texts, f checks.Finding) string {
	about := optional(t, f, ".about")
	e, alone := f.Evidence, Advice(t, f) == ""
	switch {
	case f.Status == checks.Skipped:
		return about
	case chosenOnMac(e):
		about = Sentences(t, about, t.Text("stand-in.darwin", Args(t, e)))
	case e.StandsIn() && alone:
		about = Sentences(t, about, t.Text("stand-in"))
	}
	if slices.Contains(e.Conditions, checks.OtherToo) {
		about = Sentences(t, about, optional(t, f, ".other-too"))
	}
	if e.Leftovers > 0 {
		about = Sentences(t, about, t.Text("leftovers", Args(t, e)))
	}
	if alone {
		about = Sentences(t, about, outdated(t, e))
	}
	return about
}

// outdated says that a rule on which a finding rests may have changed, or is "".
func outdated(t assets.Texts, e checks.Evidence) string {
	switch {
	case !e.Outdated:
		return ""
	case e.AsOf == "":
		return t.Text("outdated.no-date")
	}
	return t.Text("outdated", Args(t, e))
}

// chosenOnMac reports whether the software was chosen without knowing which one
// the service needs, as on a Mac.
func chosenOnMac(e checks.Evidence) bool {
	return e.OS == "darwin" && e.Software != platform.SoftwareNone && (e.Purpose == checks.ETax || e.Purpose == checks.Mynaportal)
}

// Sentences puts sentences after each other, which Japanese does without a blank.
func Sentences(t assets.Texts, all ...string) string {
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	if t.Lang() == assets.Japanese {
		return strings.Join(all, "")
	}
	return strings.Join(all, " ")
}

func optional(t assets.Texts, f checks.Finding, part string) string {
	key := variant(t, f, base(t, f)+part)
	if !t.Has(key) {
		return ""
	}
	return t.Text(key, Args(t, f.Evidence))
}

// base begins the keys of a finding's sentences.
func base(t assets.Texts, f checks.Finding) string {
	switch {
	case f.Pending():
		return "pending." + string(f.Step)
	case f.Status == checks.Unknown && t.Has("unknown."+string(f.ID)):
		return "unknown." + string(f.ID)
	case f.Status == checks.Unknown:
		return "unknown." + string(f.Step)
	case f.Status == checks.Skipped:
		return "skipped." + string(f.Step)
	}
	return "finding." + string(f.ID)
}

// titleOf is the part that makes a key a title; one that stands for a step has none.
func titleOf(f checks.Finding) string {
	if f.Status == checks.Unknown || f.Status == checks.Skipped {
		return ""
	}
	return ".title"
}

// variant prefers a sentence made for the case at hand: for a finding that is
// usually a problem and here is not, for its conditions, its one browser, the
// operating system, the certificate, HPKI, the reason, or the purpose
// ("finding.reader.none.do.linux"). A notice may have one for its case as well
// ("….do.notice.linux").
func variant(t assets.Texts, f checks.Finding, key string) string {
	all := cases(f.Evidence)
	if f.Status == checks.Notice {
		notice := key + "." + string(checks.Notice)
		for _, c := range append(all, "") {
			if own := strings.TrimSuffix(notice+"."+c, "."); t.Has(own) {
				return own
			}
		}
	}
	for _, c := range all {
		if own := key + "." + c; t.Has(own) {
			return own
		}
	}
	return key
}

// cases are the names of the cases that evidence speaks of, the narrow before
// the wide.
func cases(e checks.Evidence) []string {
	var all []string
	for _, c := range e.Conditions {
		all = append(all, string(c))
	}
	if len(e.Browsers) == 1 {
		all = append(all, e.Browsers[0])
	}
	all = append(all, e.OS, string(e.Role), family(e.Role), string(e.Why))
	if e.Purpose != "" {
		all = append(all, "for-"+string(e.Purpose))
	}
	return slices.DeleteFunc(all, func(c string) bool { return c == "" })
}

// family is the first word of a role: "hpki" for all of HPKI's.
func family(r platform.Role) string {
	name, _, _ := strings.Cut(string(r), "-")
	return name
}

// Args are the placeholders that evidence fills.
func Args(t assets.Texts, e checks.Evidence) assets.Args {
	a := assets.Args{}
	addComputer(t, a, e)
	addCard(t, a, e)
	addSoftware(t, a, e)
	addExtension(t, a, e)
	addHost(t, a, e.Host)
	addRevocation(t, a, e.Revocation)
	a["area"], a["why"] = name(t, "area.", string(e.Area)), name(t, "why.", string(e.Why))
	a["conditions"] = list(t, each(t, "condition.", e.Conditions))
	a["listed"], a["as_of"] = e.Listed, Period(t, e.AsOf)
	return a
}

func addComputer(t assets.Texts, a assets.Args, e checks.Evidence) {
	a["os"], a["version"], a["arch"] = e.OSName, e.Version, Arch(t, e.Arch)
	a["code_page"], a["problem"] = number(e.CodePage), number(e.Problem)
	a["readers"], a["devices"], a["drivers"] = list(t, e.Readers), list(t, e.Devices), list(t, e.Drivers)
	a["takes"], a["hosts"], a["service"] = e.Takes, list(t, hosts(e.Sites)), ""
	if e.Service != nil {
		a["service"] = e.Service.Name
	}
}

func addCard(t assets.Texts, a assets.Args, e checks.Evidence) {
	a["kind"], a["kinds"] = name(t, "kind.", string(e.Kind)), list(t, each(t, "kind.", e.Kinds))
	a["label"], a["retries"], a["tries"] = e.Label, strconv.Itoa(e.Retries), strconv.Itoa(e.Tries.Left())
	a["role"], a["hc_role"] = name(t, "role.", string(e.Role)), name(t, "hcrole.", e.HCRole)
	a["issuer"], a["key"], a["authority"], a["status_word"] = e.Issuer, e.Key, e.Authority, e.StatusWord
	a["not_before"], a["not_after"], a["date"] = Date(t, e.NotBefore), Date(t, e.NotAfter), Day(t, e.Date)
	a["days_left"], a["days_ago"] = "", ""
	if e.DaysLeft != nil {
		a["days_left"], a["days_ago"] = strconv.Itoa(*e.DaysLeft), strconv.Itoa(-*e.DaysLeft)
	}
	a["provider"], a["leftovers"] = e.Provider, strconv.Itoa(e.Leftovers)
}

func addSoftware(t assets.Texts, a assets.Args, e checks.Evidence) {
	a["software"], a["site"] = Software(t, e.Software), t.Text("site."+string(e.Software))
	a["browsers"], a["works_in"] = list(t, each(t, "browser.", e.Browsers)), list(t, each(t, "browser.", e.WorksIn))
	a["supported"] = strings.Join(each(t, "browser.", e.Supported), t.Text("format.or"))
	a["profile"], a["extensions_page"], a["policies"] = e.Profile, list(t, pages(e.Browsers)), list(t, e.Policies)
	a["programs"], a["products"] = list(t, e.Programs), list(t, e.Products)
	a["program_arch"], a["min_system"] = Arch(t, e.ProgramArch), e.MinSystem
}

// hosts names those that were tried.
func hosts(sites []platform.SiteAnswer) []string {
	var names []string
	for _, s := range sites {
		names = append(names, s.Host)
	}
	return names
}

// Date writes a calendar day in Japan time, "" for no time.
func Date(t assets.Texts, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(checks.Japan).Format(t.Text("format.date"))
}

// Day writes a calendar day of a snapshot or a finding, "2006-01-02", and "" for
// what is none.
func Day(t assets.Texts, day string) string {
	at, err := time.ParseInLocation(time.DateOnly, day, checks.Japan)
	if err != nil {
		return ""
	}
	return Date(t, at)
}

// Period writes a calendar day as Day does, or a month or year as it is told of a
// source that names no day.
func Period(t assets.Texts, period string) string {
	for layout, format := range map[string]string{time.DateOnly: "format.date", "2006-01": "format.month", "2006": "format.year"} {
		if at, err := time.Parse(layout, period); err == nil {
			return at.Format(t.Text(format))
		}
	}
	return ""
}

// Moment writes a day and time of day in Japan time, "" for no time.
func Moment(t assets.Texts, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(checks.Japan).Format(t.Text("format.moment"))
}

// Kind names a kind of card.
func Kind(t assets.Texts, k platform.Kind) string { return name(t, "kind.", string(k)) }

// Step names a step.
func Step(t assets.Texts, s checks.Step) string { return t.Text("step." + string(s)) }

// Status names a status.
func Status(t assets.Texts, s checks.Status) string { return t.Text("status." + string(s)) }

func name(t assets.Texts, prefix, value string) string {
	if value == "" || !t.Has(prefix+value) {
		return value
	}
	return t.Text(prefix + value)
}

func each[T ~string](t assets.Texts, prefix string, values []T) []string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = name(t, prefix, string(v))
	}
	return names
}

// number writes a number that 0 means nothing in.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func list(t assets.Texts, values []string) string {
	return strings.Join(values, t.Text("format.list-separator"))
}
