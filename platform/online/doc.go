// Package online asks over the network what no look at the computer can tell:
// whether the issuer of an HPKI card has revoked its certificates, and whether
// the hosts of the chosen service can be reached. It is the only package that
// may use the network, and it does so only after the user pressed the button
// that says so: see [Computer.Ask].
//
// What an answer is worth is judged elsewhere (package checks). Here is decided
// only whether it is an answer: of the right form, about the certificate that
// was asked about, and signed by its issuer.
package online
