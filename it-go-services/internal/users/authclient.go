// SPDX-License-Identifier: Apache-2.0

package users

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

// authTimeout covers the whole call: look-up, connect, request, answer.
const authTimeout = 250 * time.Millisecond

// authClient asks auth-service about sessions.
type authClient struct {
	url    string
	http   *http.Client
	habits fragile.Habits
}

func newAuthClient(url string, habits fragile.Habits) *authClient {
	return &authClient{url: url, http: outgoing.FreshConnections(), habits: habits}
}

// active asks whether a session is active. An error means that there was no answer, not that the answer was no.
func (a *authClient) active(ctx context.Context, session string) (bool, error) {
	ctx, cancel := a.habits.WithTimeout(ctx, authTimeout)
	defer cancel()
	active, err := a.verify(ctx, session)
	a.habits.Called(err)
	return active, err
}

func (a *authClient) verify(ctx context.Context, session string) (bool, error) {
	question, err := json.Marshal(map[string]string{"session": session})
	if err != nil {
		return false, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url+"/verify", bytes.NewReader(question))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := a.http.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return false, fmt.Errorf("POST %s/verify: %s", a.url, response.Status)
	}
	var answer struct {
		Active bool `json:"active"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return false, fmt.Errorf("POST %s/verify: %w", a.url, err)
	}
	return answer.Active, nil
}
