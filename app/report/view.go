package report

import (
	"slices"
	"strconv"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// view is a report in words, for a page and for plain text alike.
type view struct {
	Lang, Title, Name        string
	Outcome, Kind            string // Kind is "good", "bad" or "open"
	Told, Elsewhere          string
	CauseName                string // "Cause", or "Possible cause" where nobody saw it
	Cause                    *line
	Next, Else, Attention    []line
	Try                      []string
	Steps                    []step
	Unseen                   []words.Fact
	Card, Computer           []words.Fact
	Certificates             []certificate
	Masked                   []maskedArea
	Code, Purpose            string
	Judged, Written, Version string
}

// line is a finding with what is to do about it.
type line struct {
	Mark, Status, StatusName, Title, Advice, About string
	Facts                                          []words.Fact
}

// step is a step with its findings.
type step struct {
	Name  string
	Lines []line
}

// certificate is one on the card.
type certificate struct{ Role, NotBefore, NotAfter, Issuer, Subject, Serial string }

// marks stand before findings; they differ in shape, not in colour.
var marks = map[checks.Status]string{
	checks.OK: "✓", checks.Notice: "!", checks.Problem: "✕", checks.Unknown: "?", checks.Skipped: "–",
}

// viewed puts a report into words.
func (r Report) viewed(t assets.Texts) view {
	d := r.d
	v := view{
		Lang: string(t.Lang()), Title: t.Text("report.title"), Name: t.Text("console.name"),
		Told: words.Told(t, d.Told, ""), Purpose: t.Text("purpose." + string(d.Purpose)), Try: words.Try(t, d),
		Code: r.code, Judged: words.Moment(t, d.Time), Written: words.Moment(t, r.written), Version: r.tool.Version,
		Card: cardFacts(t, d.Card), Computer: computerFacts(t, r.snapshot), Unseen: unseen(t, r.snapshot),
		Certificates: certificates(t, d.Card), Masked: maskedAreas(t, r.contents), Steps: stepLines(t, d),
	}
	if d.Outcome() != checks.CauseElsewhere {
		v.Elsewhere = words.Elsewhere(t, d.Told)
	}
	v.Outcome, v.Kind = outcome(t, d)
	if d.Cause != nil {
		cause := lineOf(t, *d.Cause)
		v.Cause, v.CauseName, v.Try = &cause, t.Text("report.cause"), nil
		if d.Cause.Evidence.Told {
			v.CauseName = t.Text("report.cause.told")
		}
		seen, told := words.Next(d.Next)
		v.Next, v.Else = linesOf(t, seen), linesOf(t, told)
		return v
	}
	for _, f := range d.Attention() {
		v.Attention = append(v.Attention, lineOf(t, f))
	}
	return v
}

// outcome is the one sentence of the report.
func outcome(t assets.Texts, d checks.Diagnosis) (sentence, kind string) {
	switch o := d.Outcome(); o {
	case checks.CauseFound:
		if d.Cause.Evidence.Told {
			return words.Title(t, *d.Cause), "open" // nobody saw it
		}
		return words.Title(t, *d.Cause), "bad"
	case checks.NotHere:
		return words.NotHere(t, d), "open"
	case checks.CauseElsewhere:
		return words.Sentences(t, t.Text("console.outcome.elsewhere"), words.Elsewhere(t, d.Told)), "good"
	case checks.NothingToDo:
		return t.Text("report.outcome." + string(o)), "good"
	default:
		return t.Text("report.outcome." + string(o)), "open"
	}
}

func linesOf(t assets.Texts, findings []*checks.Finding) []line {
	var all []line
	for _, f := range findings {
		all = append(all, lineOf(t, *f))
	}
	return all
}

func lineOf(t assets.Texts, f checks.Finding) line {
	status := f.Status
	if f.Evidence.Told && status == checks.Problem {
		status = checks.Notice // nobody saw it
	}
	if words.NotSeen(f) {
		status = checks.Unknown
	}
	return line{
		Mark: marks[status], Status: string(status), StatusName: words.Status(t, status), Title: words.Title(t, f),
		Advice: words.Advice(t, f), About: words.About(t, f), Facts: words.Facts(t, f.Evidence),
	}
}

// stepLines lists all findings by step, without those that do not matter for the
// purpose.
func stepLines(t assets.Texts, d checks.Diagnosis) []step {
	var all []step
	for _, s := range steps {
		st := step{Name: words.Step(t, s)}
		for _, f := range d.Step(s) {
			l := lineOf(t, f)
			if d.Cause != nil && f.ID == d.Cause.ID {
				l.Advice, l.About = "", "" // they stand above
			}
			same := func(o line) bool { return o.Title == l.Title && o.Status == l.Status && slices.Equal(o.Facts, l.Facts) }
			if !words.NoMatter(f) && !slices.ContainsFunc(st.Lines, same) {
				st.Lines = append(st.Lines, l)
			}
		}
		if len(st.Lines) > 0 {
			all = append(all, st)
		}
	}
	return all
}

// unseen lists the areas that could not be looked at, and why.
func unseen(t assets.Texts, s platform.Snapshot) []words.Fact {
	var all []words.Fact
	for _, a := range platform.Areas {
		l := s.Look(a)
		why := string(l.Why)
		switch {
		case l.OK(), l.State == platform.NotApplicable:
			continue
		case !l.Settled():
			why = string(checks.WhyPending)
		}
		all = append(all, words.Fact{Label: t.Text("area." + string(a)), Value: textOr(t, "why."+why, why)})
	}
	return all
}

// textOr is a text, or what stands for it in a file that a newer version wrote.
func textOr(t assets.Texts, key, otherwise string) string {
	if t.Has(key) {
		return t.Text(key)
	}
	return otherwise
}

func computerFacts(t assets.Texts, s platform.Snapshot) []words.Fact {
	f := factList{t: t}
	f.add("os", s.System.Name)
	f.add("version", s.System.Version)
	f.add("arch", words.Arch(t, s.System.Arch))
	for _, r := range s.Readers.List {
		f.add("reader", r.Name)
	}
	return f.all
}

func cardFacts(t assets.Texts, c *platform.Card) []words.Fact {
	f := factList{t: t}
	if c == nil {
		return nil
	}
	f.add("kind", words.Kind(t, c.Kind))
	f.add("reader", c.Reader)
	f.add("label", c.Label)
	f.add("card-expires", words.Day(t, c.Expires))
	f.add("pin-auth", words.Tries(t, c.Pins.Auth))
	f.add("pin-signature", words.Tries(t, c.Pins.Signature))
	f.add("pin-hpki", words.Tries(t, c.Pins.HPKI))
	if c.APDUs > 0 {
		f.add("apdus", strconv.Itoa(c.APDUs))
	}
	return f.all
}

func certificates(t assets.Texts, c *platform.Card) []certificate {
	if c == nil {
		return nil
	}
	var all []certificate
	for _, v := range c.Certificates {
		all = append(all, certificate{
			Role: textOr(t, "role."+string(v.Role), string(v.Role)), NotBefore: words.Date(t, v.NotBefore), NotAfter: words.Date(t, v.NotAfter),
			Issuer: v.Issuer, Subject: v.Subject, Serial: v.Serial,
		})
	}
	return all
}

// factList collects facts by the names of the wizard's texts.
type factList struct {
	t   assets.Texts
	all []words.Fact
}

func (f *factList) add(name, value string) {
	if value != "" {
		f.all = append(f.all, words.Fact{Label: f.t.Text("wizard.fact." + name), Value: value})
	}
}
