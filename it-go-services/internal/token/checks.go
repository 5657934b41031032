// SPDX-License-Identifier: Apache-2.0

package token

import (
	"crypto/rsa"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

// Checks say which tokens are good. An algorithm is of a kind of key and never of the token's choice: a public key cannot
// pass for a secret.
type Checks struct {
	Secret   Secret         // HS256
	Key      *rsa.PublicKey // RS256; nil: not accepted
	KeyID    string         // the kid that tokens of Key name; empty: any
	Issuer   string         // empty: any
	Audience string         // empty: any
	Leeway   time.Duration  // of clocks
	Habits   fragile.Habits
}

// Session is what a good token says.
type Session struct {
	ID   string
	User string // whose it is; empty: anybody's
}

// ChecksFromEnv reads JWT_SECRET, JWT_PUBLIC_KEY (PEM) with JWT_KEY_ID, JWT_ISSUER, JWT_AUDIENCE and JWT_LEEWAY.
func ChecksFromEnv(habits fragile.Habits) (Checks, error) {
	c := Checks{
		Secret:   SecretFromEnv(),
		KeyID:    env.String("JWT_KEY_ID", ""),
		Issuer:   env.String("JWT_ISSUER", ""),
		Audience: env.String("JWT_AUDIENCE", ""),
		Habits:   habits,
	}
	var err error
	if c.Leeway, err = env.Duration("JWT_LEEWAY", "0s"); err != nil {
		return Checks{}, err
	}
	if pem := env.String("JWT_PUBLIC_KEY", ""); pem != "" {
		if c.Key, err = jwt.ParseRSAPublicKeyFromPEM([]byte(pem)); err != nil {
			return Checks{}, fmt.Errorf("JWT_PUBLIC_KEY: %w", err)
		}
	}
	return c, nil
}

// Session checks a token and returns the session it names.
func (c Checks) Session(token string) (Session, error) {
	var claims jwt.RegisteredClaims
	if _, err := jwt.ParseWithClaims(token, &claims, c.key, c.options()...); err != nil {
		return Session{}, err
	}
	if claims.ID == "" {
		return Session{}, fmt.Errorf("token names no session: claim jti is empty")
	}
	return Session{ID: claims.ID, User: claims.Subject}, nil
}

func (c Checks) options() []jwt.ParserOption {
	options := []jwt.ParserOption{jwt.WithValidMethods(c.algorithms()), jwt.WithLeeway(c.Leeway)}
	if c.Habits.NoExpiry {
		return append(options, jwt.WithoutClaimsValidation())
	}
	options = append(options, jwt.WithExpirationRequired())
	if c.Issuer != "" {
		options = append(options, jwt.WithIssuer(c.Issuer))
	}
	if c.Audience != "" {
		options = append(options, jwt.WithAudience(c.Audience))
	}
	return options
}

func (c Checks) algorithms() []string {
	algorithms := []string{jwt.SigningMethodHS256.Alg()}
	if c.Key != nil {
		algorithms = append(algorithms, jwt.SigningMethodRS256.Alg())
	}
	if c.Habits.NoSignature {
		algorithms = append(algorithms, jwt.SigningMethodNone.Alg())
	}
	return algorithms
}

// key is asked only for algorithms that are accepted.
func (c Checks) key(token *jwt.Token) (any, error) {
	id, named := token.Header["kid"]
	switch token.Method.Alg() {
	case jwt.SigningMethodNone.Alg():
		return jwt.UnsafeAllowNoneSignatureType, nil
	case jwt.SigningMethodRS256.Alg():
		if c.KeyID != "" && id != c.KeyID {
			return nil, fmt.Errorf("no key is called %q", id)
		}
		return c.Key, nil
	}
	if named {
		return nil, fmt.Errorf("no secret is called %q", id)
	}
	return []byte(c.Secret), nil
}
