package report

import (
	"reflect"
	"slices"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

// cleaned makes all text of a snapshot safe to show. The program writes only
// such text itself, but a file may come from anybody.
func cleaned(s platform.Snapshot) platform.Snapshot {
	clean(reflect.ValueOf(&s).Elem())
	return s
}

func clean(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() {
			v.SetString(cleanText(v))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			clean(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			clean(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			clean(v.Field(i))
		}
	}
}

// cleanText is a text as far as it is safe to show. A kind or class that this version does
// not know becomes the one that is not known: such words are shared as they are.
func cleanText(v reflect.Value) string {
	s := v.String()
	switch v.Type() {
	case reflect.TypeFor[platform.Kind]():
		if !supportcode.KnowsKind(platform.Kind(s)) {
			return string(platform.KindUnknown)
		}
	case reflect.TypeFor[platform.ReaderClass]():
		if !supportcode.KnowsClass(platform.ReaderClass(s)) {
			return string(platform.ReaderPlain)
		}
	}
	return platform.Printable(s, platform.LongestText)
}

// known is a question as far as this version understands it. What a page said and
// this version does not know was said all the same.
func known(q question) *checks.Question {
	out := checks.Question{Purpose: q.Purpose, Told: q.Told}
	if !slices.Contains(checks.Purposes, q.Purpose) {
		out.Purpose = checks.Any
	}
	t := &out.Told
	if m, ok := checks.MessageOf(string(t.Message)); t.Message != "" && (!ok || m != t.Message) {
		t.Message, t.Unrecognised = "", true
	}
	if !slices.Contains(checks.Moments, t.Moment) {
		t.Moment = ""
	}
	for _, a := range []*checks.Answer{&t.Moved, &t.Renamed, &t.Lost} {
		if *a != checks.Yes && *a != checks.No {
			*a = ""
		}
	}
	return &out
}

// statuses are those that there are words for.
var statuses = []checks.Status{checks.OK, checks.Notice, checks.Problem, checks.Unknown, checks.Skipped}

// steps are those that there are words for, in their order.
var steps = []checks.Step{
	checks.StepReader, checks.StepCard, checks.StepCertificate, checks.StepExpiry,
	checks.StepRevocation, checks.StepBrowser, checks.StepNFC, checks.StepSystem,
}

// cleanedSaved makes what a file says of its day safe to show.
func cleanedSaved(s Saved) *Saved {
	clean(reflect.ValueOf(&s).Elem())
	s.Findings = slices.DeleteFunc(s.Findings, func(f SavedFinding) bool {
		return f.ID == "" || !slices.Contains(statuses, f.Status) || !slices.Contains(steps, f.Step)
	})
	if s.Next == nil {
		s.Next = []checks.ID{}
	}
	if s.Findings == nil {
		s.Findings = []SavedFinding{}
	}
	return &s
}
