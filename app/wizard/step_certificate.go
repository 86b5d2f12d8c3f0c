package wizard

import (
	"strings"

	"yomitori/app/words"
	"yomitori/checks"
	"yomitori/platform"
)

// certificateLead lets a certificate that was read speak before the notice that
// its issuer is not in our table: that says more about us than about the card.
func certificateLead(found []checks.Finding) checks.Finding {
	worst := mostSevere(found)
	if worst.ID != checks.CertUnknownIssuer {
		return worst
	}
	for _, f := range found {
		if f.ID == checks.CertOK && f.Status == checks.OK {
			return f
		}
	}
	return worst
}

func certificateDrawing(_ scene, f checks.Finding) string {
	switch {
	case strings.HasPrefix(string(f.ID), "pin."):
		return "lock"
	case f.Status == checks.Problem, f.Status == checks.Unknown && !f.Pending():
		return "certificate-problem"
	}
	return "certificate-ok"
}

// certificateFacts never includes subject or serial number: they are a stable
// id of the holder.
func certificateFacts(sc scene) []fact {
	c := sc.f.d.Card
	if c == nil {
		return nil
	}
	r := rows{t: sc.t}
	for _, v := range c.Certificates {
		r.add("certificate", sc.t.Text("role."+string(v.Role)))
		r.add("hc-role", words.HCRole(sc.t, v.HCRole))
		if key := "wizard.certificate." + string(v.State); sc.t.Has(key) {
			r.add("state", sc.t.Text(key)) // why nothing follows
		}
		r.add("not-before", words.Date(sc.t, v.NotBefore))
		r.add("not-after", words.Date(sc.t, v.NotAfter))
		r.add("issuer", v.Issuer)
		r.add("key", v.Key)
		if v.Chain != platform.ChainUnchecked {
			r.add("chain", sc.t.Text("wizard.chain."+string(v.Chain)))
		}
	}
	r.add("pin-auth", words.Tries(sc.t, c.Pins.Auth))
	r.add("pin-signature", words.Tries(sc.t, c.Pins.Signature))
	r.add("pin-hpki", words.Tries(sc.t, c.Pins.HPKI))
	return r.all
}
