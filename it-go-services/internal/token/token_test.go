// SPDX-License-Identifier: Apache-2.0

package token

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestDemoIsGoodWithTheDemoSecret(t *testing.T) {
	t.Setenv("JWT_SECRET", "")
	if session, err := SecretFromEnv().Session(Demo); err != nil || session != "demo" {
		t.Errorf("got session %q, %v; want demo", session, err)
	}
}

func TestReadmeShowsTheDemoToken(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), Demo) {
		t.Error("README.md shows another token than Demo")
	}
}

func TestSessionOfIssuedToken(t *testing.T) {
	secret := Secret("a secret of some length for this test")
	signed, err := secret.Issue("s1", time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if session, err := secret.Session(signed); err != nil || session != "s1" {
		t.Errorf("got session %q, %v; want s1", session, err)
	}
}

func TestSessionRefusesBadTokens(t *testing.T) {
	secret := Secret("a secret of some length for this test")
	tomorrow := jwt.NewNumericDate(time.Now().Add(24 * time.Hour))
	bad := map[string]string{
		"rubbish": "rubbish",
		"signed with another secret": sign(t, jwt.SigningMethodHS256, []byte("another"),
			jwt.RegisteredClaims{ID: "s1", ExpiresAt: tomorrow}),
		"not signed": sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType,
			jwt.RegisteredClaims{ID: "s1", ExpiresAt: tomorrow}),
		"expired": sign(t, jwt.SigningMethodHS256, []byte(secret),
			jwt.RegisteredClaims{ID: "s1", ExpiresAt: jwt.NewNumericDate(time.Unix(1, 0))}),
		"never expires":    sign(t, jwt.SigningMethodHS256, []byte(secret), jwt.RegisteredClaims{ID: "s1"}),
		"names no session": sign(t, jwt.SigningMethodHS256, []byte(secret), jwt.RegisteredClaims{ExpiresAt: tomorrow}),
	}
	for name, token := range bad {
		if session, err := secret.Session(token); err == nil {
			t.Errorf("token that is %s was taken for session %q", name, session)
		}
	}
}

func sign(t *testing.T, method jwt.SigningMethod, key any, claims jwt.RegisteredClaims) string {
	t.Helper()
	signed, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}
