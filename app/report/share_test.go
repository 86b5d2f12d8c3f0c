package report_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Every field that can leave the computer says whether it may.
func TestEveryFieldHasAShareTag(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, v := range []any{platform.Snapshot{}, checks.Evidence{}} {
		walk(t, reflect.TypeOf(v), seen)
	}
}

// opaque types marshal themselves and hold nothing personal.
var opaque = []reflect.Type{reflect.TypeFor[time.Time](), reflect.TypeFor[platform.Tries]()}

func walk(t *testing.T, v reflect.Type, seen map[reflect.Type]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice:
		walk(t, v.Elem(), seen)
		return
	case reflect.Map, reflect.Interface, reflect.Array:
		t.Errorf("%s: the masker does not look into it", v)
		return
	}
	if v.Kind() != reflect.Struct || seen[v] || slices.Contains(opaque, v) {
		return
	}
	seen[v] = true
	for i := range v.NumField() {
		f := v.Field(i)
		share := f.Tag.Get("share")
		switch {
		case f.Anonymous:
		case !f.IsExported():
			t.Errorf("%s.%s is not exported, so nothing says whether it is shared", v, f.Name)
		case share == "mask" && !isText(f.Type):
			t.Errorf("%s.%s: only text can be masked, not %s", v, f.Name, f.Type)
		case share != "plain" && share != "mask" && share != "never":
			t.Errorf("%s.%s has no share tag", v, f.Name)
		}
		named(t, share, f.Tag.Get("json"))
		walk(t, f.Type, seen)
	}
}

// named reports that what is masked or left out has a name for people.
func named(t *testing.T, share, tag string) {
	t.Helper()
	name, _, _ := strings.Cut(tag, ",")
	key := map[string]string{"mask": "token.", "never": "left-out."}[share] + name
	if share != "plain" && share != "" && !assets.In(assets.Japanese).Has(key) {
		t.Errorf("no text for %s", key)
	}
}

func isText(v reflect.Type) bool {
	return v.Kind() == reflect.String || v.Kind() == reflect.Slice && v.Elem().Kind() == reflect.String
}

func TestMasked(t *testing.T) {
	type card struct {
		Subject string   `json:"subject" share:"mask"`
		Paths   []string `json:"path" share:"mask"`
		Secret  string   `json:"secret" share:"never"`
		Kind    string   `json:"kind" share:"plain"`
	}
	type all struct {
		First  *card  `json:"first" share:"plain"`
		Others []card `json:"others" share:"plain"`
	}
	v := all{
		First:  &card{"CN=A", []string{"/home/a", ""}, "s", "k"},
		Others: []card{{Subject: "CN=B"}, {Subject: "CN=A"}},
	}
	got := report.Masked(report.Personal{}, v)
	want := all{
		First:  &card{"«subject 1»", []string{"«path 1»", ""}, "", "k"},
		Others: []card{{Subject: "«subject 2»"}, {Subject: "«subject 1»"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if v.First.Subject != "CN=A" || strings.Contains(v.Others[0].Subject, "«") {
		t.Errorf("the original was changed: %+v", v)
	}
}
