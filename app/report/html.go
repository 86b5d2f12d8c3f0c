package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"yomitori/app/qr"
	"yomitori/assets"
)

//go:embed report.html
var page string

// sheet is what the template is given.
type sheet struct {
	view
	QR template.HTML
	t  assets.Texts
}

// Text is a text of the page, with its placeholders filled by pairs.
func (s sheet) Text(key string, pairs ...string) string {
	args := assets.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return s.t.Text("report."+key, args)
}

var reportTemplate = template.Must(template.New("report").Parse(page))

// HTML is the report as one page that needs nothing from anywhere: no script, no
// font, no picture. It is read on a screen and printed on A4.
func (r Report) HTML(t assets.Texts) ([]byte, error) {
	s := sheet{view: r.viewed(t), t: t}
	code, err := qr.New(strings.ReplaceAll(r.code, " ", ""))
	if err != nil {
		return nil, err
	}
	s.QR = template.HTML(code.SVG()) // ours: it holds digits only
	var out bytes.Buffer
	if err := reportTemplate.Execute(&out, s); err != nil {
		return nil, fmt.Errorf("write page: %w", err)
	}
	return []byte(Readable(t, out.String())), nil
}
