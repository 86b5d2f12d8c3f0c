package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yomitori/assets"
	"yomitori/checks"
)

// questionFlags adds --for and what the user may tell, and returns the function
// that reads them.
func (p *program) questionFlags(c *cobra.Command) func() (checks.Question, error) {
	forWhat := p.purposeFlag(c)
	message := c.Flags().String("message", "", p.texts.Text("help.message"))
	moment := c.Flags().String("moment", "", p.texts.Text("help.moment"))
	moved := p.answerFlag(c, "moved")
	renamed := p.answerFlag(c, "renamed")
	lost := p.answerFlag(c, "lost")
	return func() (checks.Question, error) {
		why, err := purpose(*forWhat)
		if err != nil {
			return checks.Question{}, err
		}
		told := checks.Told{Moment: checks.Moment(strings.ToLower(*moment)), Moved: moved(), Renamed: renamed(), Lost: lost()}
		if c.Flags().Changed("moment") && !slices.Contains(checks.Moments, told.Moment) {
			return checks.Question{}, usage("error.unknown-moment", assets.Args{"moment": *moment, "moments": p.moments()})
		}
		if c.Flags().Changed("message") {
			if strings.TrimSpace(*message) == "" {
				return checks.Question{}, usage("error.flag-value-wrong", assets.Args{"flag": "--message", "value": *message})
			}
			told.Message = p.message(*message)
			told.Unrecognised = told.Message == ""
		}
		return checks.Question{Purpose: why, Told: told}, nil
	}
}

// message is the message that a text is. One that is not known orders nothing, and
// that is said; it is no reason to say nothing else.
func (p *program) message(text string) checks.Message {
	m, ok := checks.MessageOf(text)
	if !ok {
		fmt.Fprintln(p.Stderr, p.texts.Text("console.message-unknown"))
	}
	return m
}

// moments lists what --moment can be.
func (p *program) moments() string {
	var names []string
	for _, m := range checks.Moments {
		names = append(names, string(m))
	}
	return strings.Join(names, p.texts.Text("format.list-separator"))
}

// answerFlag adds the answer to one of the questions about the card. A flag that
// is not given is a question that was not answered.
func (p *program) answerFlag(c *cobra.Command, name string) func() checks.Answer {
	yes := c.Flags().Bool(name, false, p.texts.Text("help."+name))
	return func() checks.Answer {
		switch {
		case !c.Flags().Changed(name):
			return ""
		case *yes:
			return checks.Yes
		}
		return checks.No
	}
}
