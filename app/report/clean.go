package report

import (
	"reflect"

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
			v.SetString(platform.Printable(v.String(), platform.LongestText))
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
