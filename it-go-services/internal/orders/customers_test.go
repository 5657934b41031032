// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
)

func TestOrderServiceShowsItsOwnToken(t *testing.T) {
	var session string
	userAPI := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		session, _ = secret.Session(bearer)
		_, _ = w.Write([]byte(`{"name":"Ada Lovelace"}`))
	}))
	defer userAPI.Close()
	if _, err := newService(t, userAPI.URL).customers.name(t.Context(), "1"); err != nil {
		t.Fatal(err)
	}
	if session != "order-service" {
		t.Errorf("user-api saw session %q, want order-service", session)
	}
}

func TestOrderIsServedWithoutNameIfUserAPIDoesNotAnswer(t *testing.T) {
	hang := make(chan struct{})
	for name, handler := range map[string]http.HandlerFunc{
		"fails": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"hangs": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-hang:
			case <-r.Context().Done():
			}
		},
		"talks rubbish": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("rubbish")) },
	} {
		t.Run(name, func(t *testing.T) {
			userAPI := httptest.NewServer(handler)
			defer userAPI.Close()
			order, err := newService(t, userAPI.URL).GetOrder(t.Context(), &orderv1.GetOrderRequest{Id: "1"})
			if err != nil || !order.GetDegraded() || order.GetCustomerName() != "" || order.GetItem() == "" {
				t.Errorf("got %v, %v; want the order without the customer's name", order, err)
			}
		})
	}
	close(hang)
}
