// SPDX-License-Identifier: Apache-2.0

package token

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

var (
	now     = time.Now()
	private = func() *rsa.PrivateKey {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		return key
	}()
	checks = Checks{
		Secret: Secret("a secret of some length for this test"),
		Key:    &private.PublicKey, KeyID: "k1", Issuer: "shop", Audience: "users", Leeway: 30 * time.Second,
	}
)

func good() jwt.RegisteredClaims {
	return jwt.RegisteredClaims{
		ID: "s1", Subject: "1", Issuer: "shop", Audience: jwt.ClaimStrings{"users"},
		ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour)),
	}
}

func with(change func(*jwt.RegisteredClaims)) jwt.RegisteredClaims {
	claims := good()
	change(&claims)
	return claims
}

func signed(t *testing.T, method jwt.SigningMethod, key any, kid string, claims jwt.RegisteredClaims) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	if kid != "" {
		token.Header["kid"] = kid
	}
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestGoodTokensNameTheirSession(t *testing.T) {
	skewed := with(func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(-10 * time.Second)) })
	for name, token := range map[string]string{
		"RS256":             signed(t, jwt.SigningMethodRS256, private, "k1", good()),
		"HS256":             signed(t, jwt.SigningMethodHS256, []byte(checks.Secret), "", good()),
		"within the leeway": signed(t, jwt.SigningMethodRS256, private, "k1", skewed),
	} {
		if got, err := checks.Session(token); err != nil || got != (Session{ID: "s1", User: "1"}) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestEachMutationIsRefused(t *testing.T) {
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicBytes(t)})
	rs256 := func(change func(*jwt.RegisteredClaims)) string {
		return signed(t, jwt.SigningMethodRS256, private, "k1", with(change))
	}
	for name, token := range map[string]string{
		"expired":        rs256(func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(time.Unix(1, 0)) }),
		"not yet":        rs256(func(c *jwt.RegisteredClaims) { c.NotBefore = jwt.NewNumericDate(now.Add(time.Hour)) }),
		"other issuer":   rs256(func(c *jwt.RegisteredClaims) { c.Issuer = "another" }),
		"other audience": rs256(func(c *jwt.RegisteredClaims) { c.Audience = jwt.ClaimStrings{"another"} }),
		"unknown key":    signed(t, jwt.SigningMethodRS256, private, "k2", good()),
		"no key":         signed(t, jwt.SigningMethodRS256, private, "", good()),
		"unknown secret": signed(t, jwt.SigningMethodHS256, []byte(checks.Secret), "k2", good()),
		"not signed":     signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "", good()),
		"key confusion":  signed(t, jwt.SigningMethodHS256, public, "k1", good()),
		"confusion, too": signed(t, jwt.SigningMethodHS256, public, "", good()),
		"empty":          "",
	} {
		if got, err := checks.Session(token); err == nil {
			t.Errorf("token that is %q was taken for %+v", name, got)
		}
	}
}

func publicBytes(t *testing.T) []byte {
	t.Helper()
	bytes, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func TestFragileChecksAcceptWhatTheyShouldNot(t *testing.T) {
	unsigned := signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "", good())
	expired := signed(t, jwt.SigningMethodRS256, private, "k1",
		with(func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(time.Unix(1, 0)) }))
	for token, habits := range map[string]fragile.Habits{
		unsigned: {NoSignature: true},
		expired:  {NoExpiry: true},
	} {
		lax := checks
		lax.Habits = habits
		if _, err := lax.Session(token); err != nil {
			t.Errorf("%+v: %v", habits, err)
		}
	}
}

func TestChecksFromEnv(t *testing.T) {
	t.Setenv("JWT_PUBLIC_KEY", string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicBytes(t)})))
	t.Setenv("JWT_LEEWAY", "5s")
	got, err := ChecksFromEnv(fragile.Habits{})
	if err != nil || got.Leeway != 5*time.Second || !got.Key.Equal(&private.PublicKey) {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, value := range map[string]string{"JWT_LEEWAY": "soon", "JWT_PUBLIC_KEY": "rubbish"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			if _, err := ChecksFromEnv(fragile.Habits{}); err == nil {
				t.Errorf("%s=%s was taken", name, value)
			}
		})
	}
}
