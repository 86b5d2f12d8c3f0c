package online

import (
	"context"
	"sync"

	"yomitori/platform"
)

// ask asks everything at once and waits for all answers, or the end of ctx.
func ask(ctx context.Context, o Options, s platform.Snapshot, of platform.Software) platform.Online {
	ctx, cancel := context.WithTimeout(ctx, o.Round)
	defer cancel()
	n := newNetwork(ctx, o, s.Network)
	questions := questionsAbout(s.Cards.List)
	hosts := hostsOf(o.Sites, of)

	answers := platform.Online{Look: platform.Seen()}
	if len(hosts) > 0 {
		answers.Sites = make([]platform.SiteAnswer, len(hosts))
	}
	if len(questions) > 0 {
		answers.Revocations = make([]platform.Revocation, len(questions))
	}
	var all sync.WaitGroup
	for i, host := range hosts {
		all.Go(func() { answers.Sites[i] = n.site(ctx, host) })
	}
	for i, q := range questions {
		all.Go(func() { answers.Revocations[i] = n.revocation(ctx, q) })
	}
	all.Wait()
	return answers
}
