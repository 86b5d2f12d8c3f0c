package app

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/checks"
)

// who says who uses the computer, as the environment tells it: asking the system
// may mean asking a server.
func (p *program) who() report.Personal {
	return report.Personal{
		User: cmp.Or(p.Getenv("USERNAME"), p.Getenv("USER"), p.Getenv("LOGNAME")),
		Home: cmp.Or(p.Getenv("USERPROFILE"), p.Getenv("HOME")),
		Host: cmp.Or(p.Host, p.Getenv("COMPUTERNAME")),
	}
}

// report saves the diagnosis of this computer to a file.
func (p *program) report() *cobra.Command {
	c := &cobra.Command{Use: "report", Short: p.texts.Text("help.report"), Args: p.noArgs}
	file := c.Flags().StringP("output", "o", "", p.texts.Text("help.output"))
	force := c.Flags().Bool("force", false, p.texts.Text("help.force"))
	observed := p.observedFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		form, err := formOf(*file)
		if err != nil {
			return err
		}
		if err := report.Writable(*file, *force); err != nil { // before anybody waits
			return err
		}
		s, q, err := observed(c.Context())
		if err != nil {
			return err
		}
		d := checks.Diagnose(s, q.Question, s.Taken)
		r := report.New(tool(), p.who(), d, s, time.Now())
		raw, err := form(r, p.texts)
		if err != nil {
			return err
		}
		if err := report.Write(*file, raw, *force); err != nil {
			return err
		}
		if err := p.tellSaved(*file, r); err != nil {
			return err
		}
		return verdict(d)
	}
	return c
}

// formOf chooses the form of a file by its name.
func formOf(file string) (func(report.Report, assets.Texts) ([]byte, error), error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".html", ".htm":
		return report.Report.HTML, nil
	case ".yomitori":
		return func(r report.Report, _ assets.Texts) ([]byte, error) { return r.File() }, nil
	case "":
		if file == "" {
			return nil, usage("error.output-missing", nil)
		}
	}
	return nil, usage("error.output-form", assets.Args{"file": file})
}

// tellSaved says what was saved, and what of it was masked or left out.
func (p *program) tellSaved(file string, r report.Report) error {
	_, err := fmt.Fprintf(p.Stdout, "%s\n%s: %s\n%s", p.texts.Text("report.saved", assets.Args{"file": file}),
		p.texts.Text("report.code"), r.Code(), r.Inventory(p.texts))
	if err != nil {
		return fmt.Errorf("tell what was saved: %w", err)
	}
	return nil
}
