package words

import (
	"strconv"

	"yomitori/assets"
	"yomitori/platform"
)

// addRevocation fills in what an issuer answered. What it left out is said to be
// left out, so that no sentence has a hole.
func addRevocation(t assets.Texts, a assets.Args, r *platform.Revocation) {
	none := t.Text("revocation-reason.none")
	a["this_update"], a["revoked_at"], a["revocation_reason"] = none, none, none
	if r == nil {
		return
	}
	if !r.ThisUpdate.IsZero() {
		a["this_update"] = Moment(t, r.ThisUpdate)
	}
	if !r.RevokedAt.IsZero() {
		a["revoked_at"] = Date(t, r.RevokedAt)
	}
	if key := "revocation-reason." + strconv.Itoa(r.Reason); t.Has(key) {
		a["revocation_reason"] = t.Text(key)
	}
}
