package checks

import "yomitori/platform"

// Software says whose pages a purpose leads to; Any leads to none.
func (p Purpose) Software() platform.Software {
	switch p {
	case ETax:
		return platform.SoftwareETax
	case Mynaportal:
		return platform.SoftwareMynaportal
	case HPKI:
		return platform.SoftwareHPKI
	}
	return platform.SoftwareNone
}
