// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/x509"
	"testing"
)

func TestCertificatesHoldForTheirNamesOnly(t *testing.T) {
	authority, err := newAuthority("test")
	if err != nil {
		t.Fatal(err)
	}
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	der, err := authority.issue(key, "api", nil, []string{"localhost", "10.43.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(authority.certificate)
	for name, valid := range map[string]bool{"localhost": true, "10.43.0.1": true, "10.43.0.2": false} {
		if _, err := certificate.Verify(x509.VerifyOptions{Roots: trusted, DNSName: name}); (err == nil) != valid {
			t.Errorf("verification for %s: %v", name, err)
		}
	}
}
