// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

// customerTimeout is shorter than gateway's patience with this service, since an order without a name beats no order,
// and longer than user-api's with auth-service, or user-api would see callers hang up and never time out itself.
const customerTimeout = 275 * time.Millisecond

// customers asks user-api who a customer is.
type customers struct {
	url    string
	secret token.Secret
	http   *http.Client
	habits fragile.Habits
}

func newCustomers(url string, secret token.Secret, habits fragile.Habits) *customers {
	c := &customers{url: url, secret: secret, http: outgoing.Pooled(), habits: habits}
	if habits.ForgetsChaos {
		c.http = outgoing.Forgetful()
	}
	return c
}

func (c *customers) name(ctx context.Context, id string) (string, error) {
	if c.habits.LosesContext {
		ctx = context.Background()
	}
	ctx, cancel := c.habits.WithTimeout(ctx, customerTimeout)
	defer cancel()
	name, err := c.get(ctx, id)
	c.habits.Called(err)
	return name, err
}

func (c *customers) get(ctx context.Context, id string) (string, error) {
	bearer, err := c.secret.Issue("order-service", time.Now().Add(time.Minute))
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/users/"+url.PathEscape(id), nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+bearer)
	response, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("GET %s: %s", request.URL, response.Status)
	}
	var user struct {
		Name string `json:"name"`
	}
	if err := json.NewDecoder(response.Body).Decode(&user); err != nil {
		return "", fmt.Errorf("GET %s: %w", request.URL, err)
	}
	return user.Name, nil
}
