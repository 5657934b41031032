// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"context"
	nethttp "net/http"
	"time"

	"github.com/go-kratos/kratos/v3/encoding"
	"github.com/go-kratos/kratos/v3/encoding/protojson"
	"github.com/go-kratos/kratos/v3/middleware"
	"github.com/go-kratos/kratos/v3/middleware/recovery"
	"github.com/go-kratos/kratos/v3/transport/grpc"
	"github.com/go-kratos/kratos/v3/transport/http"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
	chaoskratos "github.com/chaos-junit/chaos-junit/it-go-services/chaosotel/kratos"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
)

// answerTimeout bounds the work on one request.
const answerTimeout = time.Second

// NewHTTPServer answers GET /orders/{id}.
func NewHTTPServer(addr string, orders *Service) (*http.Server, error) {
	server := http.NewServer(
		http.Address(addr),
		http.Timeout(answerTimeout),
		http.Middleware(recovery.Recovery(), chaoskratos.Server()),
		http.Filter(httpapi.Traced),
		http.ResponseEncoder(writeJSON),
		// The default is http.DefaultServeMux, where net/http/pprof lives: that is for the admin port only.
		http.NotFoundHandler(nethttp.NotFoundHandler()),
	)
	server.ReadHeaderTimeout = 2 * time.Second
	server.IdleTimeout = 10 * time.Second
	server.Route("/").GET("/orders/{id}", func(ctx http.Context) error { return getOrder(ctx, orders) })
	_, err := server.Endpoint() // listens
	return server, err
}

func getOrder(ctx http.Context, orders *Service) error {
	var in orderv1.GetOrderRequest
	if err := ctx.BindVars(&in); err != nil {
		return err
	}
	var call middleware.Handler = func(ctx context.Context, in any) (any, error) {
		return orders.GetOrder(ctx, in.(*orderv1.GetOrderRequest))
	}
	out, err := ctx.Middleware(call)(ctx, &in)
	if err != nil {
		return err
	}
	return ctx.Result(nethttp.StatusOK, out)
}

// writeJSON writes every field, as gateway does; the default leaves out those that are false or empty.
func writeJSON(w http.ResponseWriter, _ *http.Request, answer any) error {
	body, err := encoding.GetCodec(protojson.Name).Marshal(answer)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(body)
	return err
}

// NewGRPCServer serves the Orders API, and tells by reflection what it is.
func NewGRPCServer(addr string, orders *Service) (*grpc.Server, error) {
	server := grpc.NewServer(
		grpc.Address(addr),
		grpc.Timeout(answerTimeout),
		grpc.Middleware(recovery.Recovery(), chaoskratos.Server()),
		grpc.Options(service.GRPCOptions()...),
	)
	orderv1.RegisterOrdersServer(server, orders)
	_, err := server.Endpoint() // listens
	return server, err
}
