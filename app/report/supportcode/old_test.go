package supportcode_test

import (
	"yomitori/app/report/supportcode"
)

var oldCodes = map[string]supportcode.Summary{}
