package app

import (
	"fmt"
	"os"

	"yomitori/app/wizard"
	"yomitori/platform/journal"
)

// scratchJournal makes a journal for practice, which nobody misses afterwards.
func scratchJournal() (wizard.Journal, func(), error) {
	folder, err := os.MkdirTemp("", "yomitori-practice-")
	if err != nil {
		return nil, nil, fmt.Errorf("make journal for practice: %w", err)
	}
	return journal.Open(folder), func() { _ = os.RemoveAll(folder) }, nil
}
