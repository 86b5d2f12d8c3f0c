package app

import (
	"strings"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/report/supportcode"
)

// code shows the result that a support code stands for.
func (p *program) code() *cobra.Command {
	c := &cobra.Command{Use: "code CODE", Short: p.texts.Text("help.code")}
	asJSON := c.Flags().Bool("json", false, p.texts.Text("help.json"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("error.code-missing", nil)
		}
		s, err := supportcode.Decode(strings.Join(args, " "))
		if err != nil {
			return err
		}
		show := console.Code
		if *asJSON {
			show = console.CodeJSON
		}
		if err := show(p.Stdout, p.texts, s); err != nil {
			return err
		}
		return verdict(s.Diagnosis())
	}
	return c
}

// codeSentence is the key of the sentence for a code that cannot be read, or "".
func codeSentence(err error) string {
	if why := supportcode.Why(err); why != "" {
		return "error.code-" + why
	}
	return ""
}
