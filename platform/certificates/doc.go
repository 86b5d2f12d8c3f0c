// Package certificates says what the certificates in a system's store tell:
// those of JPKI and HPKI, what each may be used for, and which of the others
// signed it. Certificates of anybody else are looked at only as far as they may
// have issued one of these, and are never recorded.
//
// Reading a store is the business of each system; here everything is a function
// of the DER. Start at [Reading].
package certificates
