// SPDX-License-Identifier: Apache-2.0

// Package token issues and checks the JSON Web Tokens that users of the shop carry.
package token

import (
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
)

const demoSecret = "chaos-junit-demo-secret-for-tests-only"

// Demo is signed with the demo secret, names the session "demo" and is good until the year 2100.
// Tests send it as the header "Authorization: Bearer " + Demo.
const Demo = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." +
	"eyJleHAiOjQxMDI0NDQ4MDAsImp0aSI6ImRlbW8ifQ." +
	"4xfvkeX0e2WV0j1fLcHpKmTj2ZbQN72BwciNwiXdSO8"

// Secret signs and checks tokens.
type Secret []byte

// SecretFromEnv reads JWT_SECRET; without it the secret is the one that everybody can read here.
func SecretFromEnv() Secret {
	return Secret(env.String("JWT_SECRET", demoSecret))
}

// Issue returns a token for a session.
func (s Secret) Issue(session string, expires time.Time) (string, error) {
	claims := jwt.RegisteredClaims{ID: session, ExpiresAt: jwt.NewNumericDate(expires)}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(s))
}

// Session checks signature and expiry of a token and returns the session it names.
func (s Secret) Session(token string) (string, error) {
	session, err := Checks{Secret: s}.Session(token)
	return session.ID, err
}
