package console

import "reflect"

// DocumentType is the shape of the JSON.
var DocumentType = reflect.TypeFor[document]()
