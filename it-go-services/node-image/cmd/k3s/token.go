// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
)

// checkToken keeps out what the API server's file of users could not hold.
func checkToken(token string) error {
	if token == "" || strings.ContainsAny(token, ",\"\r\n ") {
		return fmt.Errorf("a node needs --token or K3S_TOKEN, without commas, quotes and blanks; it is %q", token)
	}
	return nil
}

// writeTokens lets those in who know the token: agents, and this node's own start.
func (n *node) writeTokens() error {
	user := fmt.Sprintf("%s,k3s-node,k3s-node,%q\n", n.Token, administrators)
	return errors.Join(
		os.WriteFile(tokenFile, []byte(n.Token+"\n"), 0o600), os.WriteFile(usersFile, []byte(user), 0o600))
}

func newToken() string { return rand.Text() }
