package app

import (
	"bufio"
	"slices"

	"github.com/spf13/cobra"

	"yomitori/assets"
	"yomitori/checks"
)

// program is one run: the environment and the language.
type program struct {
	Env
	texts assets.Texts
	input *bufio.Reader // of Stdin, from the first question on
}

// root is the command tree.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "yomitori",
		Short:         p.texts.Text("help.root"),
		Version:       version(),
		Args:          p.noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return p.wizard(c.Context()) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.SetVersionTemplate("yomitori {{.Version}}\n")
	root.PersistentFlags().String("lang", "", p.texts.Text("help.lang"))
	root.AddCommand(p.check(), p.repair(), p.undo(), p.explain(), p.report(), p.code(), p.watch(), p.practice(), p.open())
	for _, c := range append(root.Commands(), root) {
		c.DisableFlagsInUseLine = true
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = p.texts.Text("help.help")
	}
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = p.texts.Text("help.version")
	root.SetUsageTemplate(p.usageTemplate())
	return root
}

func (p *program) usageTemplate() string {
	return p.texts.Text("help.usage") + `
  {{.UseLine}}{{if .HasAvailableSubCommands}}

` + p.texts.Text("help.commands") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}

` + p.texts.Text("help.flags") + `
{{.Flags.FlagUsages}}`
}

// noArgs refuses arguments; on the root command they are unknown commands.
func (p *program) noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if err := answerApart(c, args[0]); err != nil {
		return err
	}
	if c.HasParent() {
		return usage("error.too-many-arguments", assets.Args{"argument": args[0]})
	}
	return usage("error.unknown-command", assets.Args{"command": args[0]})
}

// atMost refuses more than n arguments.
func (p *program) atMost(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			if err := answerApart(c, args[n]); err != nil {
				return err
			}
			return usage("error.too-many-arguments", assets.Args{"argument": args[n]})
		}
		return nil
	}
}

// purposeFlag adds --for; the value is checked by purpose.
func (p *program) purposeFlag(c *cobra.Command) *string {
	value := c.Flags().String("for", string(checks.Any), p.texts.Text("help.for"))
	c.Flags().Lookup("for").DefValue = "" // the help text says it in the user's language
	return value
}

func purpose(value string) (checks.Purpose, error) {
	if v := checks.Purpose(value); slices.Contains(checks.Purposes, v) {
		return v, nil
	}
	return "", usage("error.unknown-purpose", assets.Args{"purpose": value})
}
