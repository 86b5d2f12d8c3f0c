package app

import (
	"github.com/spf13/cobra"

	"yomitori/app/console"
)

// watch prints reader and card events until it is interrupted.
func (p *program) watch() *cobra.Command {
	return &cobra.Command{
		Use: "watch", Short: p.texts.Text("help.watch"), Args: p.noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			w := console.NewWatcher(p.Stdout, p.texts)
			return p.Computer.Follow(c.Context(), w.Show)
		},
	}
}
