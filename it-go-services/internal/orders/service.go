// SPDX-License-Identifier: Apache-2.0

// Package orders is the order-service: it serves orders, with the customer's name as user-api tells it.
package orders

import (
	"context"

	"github.com/go-kratos/kratos/v3/errors"
	"go.uber.org/zap"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

type order struct {
	item, customer string
}

// catalogue holds the demo orders 1 to 3.
var catalogue = map[string]order{
	"1": {item: "Analytical Engine", customer: "1"},
	"2": {item: "Compiler", customer: "2"},
	"3": {item: "Semaphore", customer: "3"},
}

// Service implements the Orders API.
type Service struct {
	orderv1.UnimplementedOrdersServer

	customers *customers
	log       *zap.Logger
}

// NewService returns a service that asks the user-api at userURL.
func NewService(userURL string, secret token.Secret, habits fragile.Habits, log *zap.Logger) *Service {
	return &Service{customers: newCustomers(userURL, secret, habits), log: log}
}

// GetOrder answers without the customer's name if user-api does not answer.
func (s *Service) GetOrder(ctx context.Context, in *orderv1.GetOrderRequest) (*orderv1.Order, error) {
	found, ok := catalogue[in.GetId()]
	if !ok {
		return nil, errors.NotFound("ORDER_NOT_FOUND", "no order "+in.GetId())
	}
	name, err := s.customers.name(ctx, found.customer)
	if err != nil {
		s.log.Warn("order without the customer's name", zap.Error(err), logging.Trace(ctx))
	}
	return &orderv1.Order{
		Id:           in.GetId(),
		Item:         found.item,
		CustomerId:   found.customer,
		CustomerName: name,
		Degraded:     err != nil,
	}, nil
}
