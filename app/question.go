package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"yomitori/assets"
	"yomitori/checks"
)

// question is what a command line asks, and what it gives as the text of a page.
// That is repeated where the program does not know it, and goes nowhere else: it
// may hold anything.
type question struct {
	checks.Question
	said string
}

// questionFlags adds --for and what the user may tell, and returns the function
// that reads them.
func (p *program) questionFlags(c *cobra.Command) func() (question, error) {
	forWhat := p.purposeFlag(c)
	message := c.Flags().String("message", "", p.texts.Text("help.message"))
	moment := c.Flags().String("moment", "", p.texts.Text("help.moment"))
	moved := p.answerFlag(c, "moved")
	renamed := p.answerFlag(c, "renamed")
	lost := p.answerFlag(c, "lost")
	return func() (question, error) {
		why, err := purpose(*forWhat)
		if err != nil {
			return question{}, err
		}
		told := checks.Told{Moment: checks.Moment(strings.ToLower(*moment)), Moved: moved(), Renamed: renamed(), Lost: lost()}
		if c.Flags().Changed("moment") && !slices.Contains(checks.Moments, told.Moment) {
			return question{}, usage("error.unknown-moment", assets.Args{"moment": *moment, "moments": p.moments()})
		}
		if c.Flags().Changed("message") {
			switch {
			case strings.TrimSpace(*message) == "":
				return question{}, usage("error.message-empty", nil)
			case checks.LooksLikePIN(*message):
				return question{}, usage("error.message-pin", nil)
			}
			told.Message = p.message(*message)
			told.Unrecognised = told.Message == ""
		}
		return question{checks.Question{Purpose: why, Told: told}, *message}, nil
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

// answer is the value of a flag that answers one of the questions about the card:
// the flag alone is yes, and one that is not given is a question that was not
// answered.
type answer struct{ checks.Answer }

// answers are the words for an answer, in small letters.
var answers = map[string]checks.Answer{"yes": checks.Yes, "true": checks.Yes, "no": checks.No, "false": checks.No}

// Set implements pflag.Value.
func (a *answer) Set(value string) error {
	known, ok := answers[strings.ToLower(value)]
	if !ok {
		return errors.New("neither yes nor no")
	}
	a.Answer = known
	return nil
}

// String implements pflag.Value.
func (a *answer) String() string { return string(a.Answer) }

// Type implements pflag.Value; of a bool, the help shows no value.
func (a *answer) Type() string { return "bool" }

func (p *program) answerFlag(c *cobra.Command, name string) func() checks.Answer {
	a := &answer{}
	c.Flags().Var(a, name, p.texts.Text("help."+name))
	c.Flags().Lookup(name).NoOptDefVal = "true"
	return func() checks.Answer { return a.Answer }
}

// answerApart is the sentence about an answer that stands apart from its flag, or
// nil: a word that answers, after a flag that asks for one.
func answerApart(c *cobra.Command, word string) error {
	if _, ok := answers[strings.ToLower(word)]; !ok {
		return nil
	}
	var flag string
	c.Flags().Visit(func(f *pflag.Flag) {
		if _, ok := f.Value.(*answer); ok {
			flag = "--" + f.Name
		}
	})
	if flag == "" {
		return nil
	}
	return usage("error.answer-apart", assets.Args{"flag": flag, "value": word})
}
