package checks

import (
	"slices"
	"strconv"

	"yomitori/platform"
)

// tidyStore leads to the driver that puts a card's certificate into the store and
// offers to delete what cards left behind. A certificate that has ended is renewed
// by nobody here.
func tidyStore(in input, f Finding) []platform.Repair {
	var list []platform.Repair
	if f.ID == StoreMissing || slices.Contains(f.Evidence.Conditions, NoProvider) {
		list = softwareOf(f.Evidence.Software)
	}
	if f.Evidence.Leftovers > 0 {
		list = append(list, deleteLeftovers(in)...)
	}
	return append(list, platform.Open(platform.PlaceCertificates))
}

// deleteLeftovers offers those certificates of cards that no browser offers any
// more: they have ended, or nothing leads to their keys. Where a card did not tell
// its certificate, any may be that card's.
func deleteLeftovers(in input) []platform.Repair {
	for _, c := range in.s.Cards.List {
		main := mainCertificate(&c)
		if !c.OK() || main != nil && (main.State != platform.CertRead || main.Serial == "") {
			return nil
		}
	}
	var list []platform.Repair
	for n, place := range in.s.Store.Holders() {
		c := in.s.Store.List[place]
		if c.IsDead(in.now) && isLeftover(in, c) {
			list = append(list, of(platform.RepairDeleteCertificate, strconv.Itoa(n+1))...)
		}
	}
	return list
}
