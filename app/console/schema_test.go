package console_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/console"
	"yomitori/platform"
)

var update = flag.Bool("update", false, "write the JSON Schema anew")

const schemaFile = "../../docs/schema/yomitori-1.json"

// The schema in docs is that of the types that are written: every field, and every
// value of those that have a closed list.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(newSchema(t).document()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want.String(), strings.ReplaceAll(string(got), "\r\n", "\n")); d != "" {
		t.Errorf("run make update (-types +file):\n%s", d)
	}
}

// object is a JSON object.
type object = map[string]any

// schema makes a JSON Schema of Go types.
type schema struct {
	values map[string][]string // of the types that are closed lists
	defs   object
}

func newSchema(t *testing.T) *schema {
	t.Helper()
	return &schema{values: constants(t, "../../checks", "../../platform"), defs: object{}}
}

func (s *schema) document() object {
	doc := s.object(console.DocumentType)
	properties := doc["properties"].(object)
	for name, more := range described {
		p := properties[name].(object)
		for k, v := range more {
			p[k] = v
		}
	}
	doc["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	doc["title"] = "Output of yomitori check --json, " + console.Schema
	doc["description"] = "docs/json.md says what the fields mean. Fields and values are added by later versions, none is renamed; a reader ignores what it does not know."
	doc["$defs"] = s.defs
	return doc
}

// described adds to what the types tell.
var described = map[string]object{
	"schema":       {"const": console.Schema},
	"time":         {"description": "when it was judged, Japan time"},
	"told":         {"description": "what the user told"},
	"cause":        {"description": "the finding to act on first, or null"},
	"next":         {"description": "problems that the cause does not explain, in the order in which to act on them", "uniqueItems": true},
	"findings":     {"description": "each id stands once, in the order of the steps"},
	"support_code": {"description": "for yomitori code", "pattern": `^[0-9]{4}( [0-9]{4}){2,39}$`},
	"snapshot":     {"description": "everything observed"},
}

// of is the schema of a type.
func (s *schema) of(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case reflect.TypeFor[platform.Repair]():
		return s.defined("Repair", func() object { return object{"type": "string", "pattern": repairPattern()} })
	case reflect.TypeFor[platform.Tries]():
		return s.defined("Tries", func() object {
			return object{"oneOf": []object{{"type": "integer", "minimum": 1, "maximum": 15}, {"const": "locked"}, {"type": "null"}}}
		})
	case reflect.TypeFor[[]byte]():
		return object{"type": "string", "contentEncoding": "base64"}
	}
	switch t.Kind() {
	case reflect.String:
		return s.text(t)
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Pointer:
		return object{"oneOf": []object{s.of(t.Elem()), {"type": "null"}}}
	case reflect.Struct:
		return s.defined(name(t), func() object { return s.object(t) })
	}
	return object{"type": "integer"}
}

func (s *schema) text(t reflect.Type) object {
	values, closed := s.values[t.Name()]
	if t.Name() == "string" || !closed {
		return object{"type": "string"}
	}
	return s.defined(name(t), func() object { return object{"enum": values} })
}

// repairPattern is that of repairs: an id and, for most, a target.
func repairPattern() string {
	var ids []string
	for _, id := range platform.Repairs() {
		ids = append(ids, string(id))
	}
	return "^(" + strings.Join(ids, "|") + ")(:[A-Za-z0-9.-]+)?$"
}

// names are those that say more than the name of the type.
var names = map[string]string{"ID": "FindingID", "finding": "Finding", "snapshot": "Snapshot"}

func name(t reflect.Type) string {
	if n, ok := names[t.Name()]; ok {
		return n
	}
	return t.Name()
}

// defined refers to a definition, which is made once.
func (s *schema) defined(name string, body func() object) object {
	if _, ok := s.defs[name]; !ok {
		s.defs[name] = object{} // holds the place, in case the type contains itself
		s.defs[name] = body()
	}
	return object{"$ref": "#/$defs/" + name}
}

func (s *schema) object(t reflect.Type) object {
	properties, required := object{}, []string{}
	s.fields(t, properties, &required)
	o := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

// fields adds those of a struct; what is embedded stands among them, and gives way
// to a field of the same name.
func (s *schema) fields(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, how, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && key == "":
			s.fields(f.Type, properties, required)
		case f.IsExported() && key != "-":
			may := strings.Contains(how, "omit")
			properties[key] = s.field(t, f, key, may)
			if !may {
				*required = append(*required, key)
			}
		}
	}
}

// field is the schema of a field; one that is left out when it is empty is never
// null.
func (s *schema) field(in reflect.Type, f reflect.StructField, key string, may bool) object {
	if values, ok := texts[in.Name()+"."+key]; ok {
		return object{"enum": values}
	}
	t := f.Type
	if may && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return s.of(t)
}

// texts are the values of fields that are closed lists without a type.
var texts = map[string][]string{
	"System.os":       {"linux", "windows", "darwin"},
	"Evidence.os":     {"linux", "windows", "darwin"},
	"Tool.name":       {"yomitori"},
	"Snapshot.schema": {platform.Schema},
}
