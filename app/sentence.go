package app

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/spf13/pflag"

	"yomitori/app/qr"
	"yomitori/app/report"
	"yomitori/assets"
	"yomitori/platform/practice"
)

// usageError is a command line that cannot be carried out; key and args give
// the sentence for it.
type usageError struct {
	key  string
	args assets.Args
}

func (e *usageError) Error() string { return "wrong usage: " + e.key }

func usage(key string, args assets.Args) error { return &usageError{key, args} }

// sentence turns an error into one sentence for people and an exit code.
func (p *program) sentence(err error) (string, int) {
	var (
		wrong   *usageError
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
		reading *report.ReadError
		saving  *report.WriteError
		writing *fs.PathError
		sorry   *apology
		left    *cannot
	)
	say := func(key string, args assets.Args) (string, int) { return p.texts.Text(key, args), exitUsage }
	if key := codeSentence(err); key != "" {
		return say(key, nil)
	}
	switch {
	case errors.As(err, &wrong):
		return say(wrong.key, wrong.args)
	case errors.As(err, &sorry):
		return p.texts.Text(sorry.key), sorry.code
	case errors.As(err, &left):
		return left.sentence(p), left.code()
	case errors.As(err, &unknown):
		return say("error.unknown-flag", assets.Args{"flag": "--" + unknown.GetSpecifiedName()})
	case errors.As(err, &missing):
		return say("error.flag-value-missing", assets.Args{"flag": "--" + missing.GetSpecifiedName()})
	case errors.As(err, &invalid):
		if _, ok := invalid.GetFlag().Value.(*answer); ok {
			return say("error.answer-wrong", assets.Args{"flag": "--" + invalid.GetFlag().Name, "value": invalid.GetValue()})
		}
		return say("error.flag-value-wrong", assets.Args{"flag": "--" + invalid.GetFlag().Name, "value": invalid.GetValue()})
	case errors.As(err, &syntax):
		return say("error.unknown-flag", assets.Args{"flag": syntax.GetSpecifiedFlag()})
	case errors.Is(err, practice.ErrUnknown):
		return say("error.unknown-practice", nil)
	case errors.As(err, &saving) && errors.Is(err, report.ErrExists):
		return say("error.output-exists", assets.Args{"file": saving.Path})
	case errors.As(err, &saving):
		return p.texts.Text("error.output", assets.Args{"file": saving.Path}), exitWrite
	case errors.Is(err, report.ErrTooLarge):
		return say("error.file-too-large", nil)
	case errors.Is(err, report.ErrChanged):
		return say("error.file-changed", nil)
	case errors.Is(err, report.ErrMalformed):
		return say("error.file-malformed", nil)
	case errors.Is(err, report.ErrNewer):
		return say("error.file-newer", nil)
	case errors.Is(err, report.ErrNotReport):
		return say("error.file-not-report", nil)
	case errors.Is(err, qr.ErrTooLong):
		return say("error.qr-too-long", nil)
	case errors.As(err, &reading):
		return say("error.file-unreadable", assets.Args{"file": reading.Path})
	case errors.As(err, &writing), errors.Is(err, syscall.EPIPE):
		return p.texts.Text("error.write"), exitWrite
	}
	return p.texts.Text("error.failure"), exitFailure
}
