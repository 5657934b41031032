// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"net/http"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/propagation"
)

func TestExtract(t *testing.T) {
	long, tooLong := strings.Repeat("x", 128), strings.Repeat("x", 129)
	for name, test := range map[string]struct {
		header  []string // id, type, baggage
		want    Chaos
		ignored int64
	}{
		"nothing":                  {[]string{"", "", ""}, Chaos{}, 0},
		"other baggage":            {[]string{"", "", "user=7"}, Chaos{}, 0},
		"header":                   {[]string{"a/fault", "DnsChaos", ""}, Chaos{"a/fault", "DnsChaos"}, 0},
		"no type":                  {[]string{"a/fault", "", ""}, Chaos{ID: "a/fault"}, 0},
		"type alone":               {[]string{"", "DnsChaos", ""}, Chaos{}, 0},
		"every character":          {[]string{"aZ09._~:/-", "A+b", ""}, Chaos{"aZ09._~:/-", "A+b"}, 0},
		"longest":                  {[]string{long, "", ""}, Chaos{ID: long}, 0},
		"too long":                 {[]string{tooLong, "DnsChaos", ""}, Chaos{}, 1},
		"space":                    {[]string{"a b", "", ""}, Chaos{}, 1},
		"plus in the id":           {[]string{"a+b", "", ""}, Chaos{}, 1},
		"line break":               {[]string{"a\nlevel=error", "", ""}, Chaos{}, 1},
		"not ASCII":                {[]string{"größe", "", ""}, Chaos{}, 1},
		"not UTF-8":                {[]string{"\xff", "", ""}, Chaos{}, 1},
		"quote":                    {[]string{"a\"} 1", "", ""}, Chaos{}, 1},
		"malformed type":           {[]string{"a", "x y", ""}, Chaos{ID: "a"}, 1},
		"baggage":                  {[]string{"", "", "user=7,chaos.id=a%2Ffault,chaos.type=A+B"}, Chaos{"a/fault", "A+B"}, 0},
		"header before baggage":    {[]string{"a", "", "chaos.id=b,chaos.type=B"}, Chaos{ID: "a"}, 0},
		"baggage behind malformed": {[]string{"a b", "", "chaos.id=b,chaos.type=B"}, Chaos{"b", "B"}, 1},
		"malformed baggage":        {[]string{"", "", "chaos.id=a%20b"}, Chaos{}, 1},
		"rubbish as baggage":       {[]string{"", "", ";;=,,chaos.id"}, Chaos{}, 0},
		"both malformed":           {[]string{"a b", "", "chaos.id=a%20b"}, Chaos{}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			count := counting(t)
			header := http.Header{"X-Chaos-Id": {test.header[0]}, "X-Chaos-Type": {test.header[1]}, "Baggage": {test.header[2]}}
			ctx := Propagator{}.Extract(t.Context(), propagation.HeaderCarrier(header))
			ctx = Propagator{}.Extract(ctx, propagation.HeaderCarrier(header)) // by otelhttp, and by Handler
			if got, _ := FromContext(ctx); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if got := count(); got != test.ignored {
				t.Errorf("%d counted as ignored, want %d", got, test.ignored)
			}
		})
	}
}

func TestWhatIsInjectedIsExtracted(t *testing.T) {
	for name, carrier := range map[string]propagation.TextMapCarrier{
		"HTTP": propagation.HeaderCarrier{}, "gRPC": metadataCarrier{},
	} {
		for _, want := range []Chaos{{}, {ID: "a"}, shop} {
			Propagator{}.Inject(NewContext(t.Context(), want), carrier)
			if got, _ := FromContext(Propagator{}.Extract(t.Context(), carrier)); got != want {
				t.Errorf("%s: got %+v, want %+v", name, got, want)
			}
		}
	}
}

func TestNamesOnTheWire(t *testing.T) {
	http, grpc := propagation.HeaderCarrier{}, metadataCarrier{}
	Propagator{}.Inject(NewContext(t.Context(), shop), http)
	Propagator{}.Inject(NewContext(t.Context(), shop), grpc)
	if http["X-Chaos-Id"][0] != shop.ID || http["X-Chaos-Type"][0] != shop.Type || len(http) != 2 {
		t.Errorf("HTTP: %v", http)
	}
	if grpc["chaos-id"][0] != shop.ID || grpc["chaos-type"][0] != shop.Type || len(grpc) != 2 {
		t.Errorf("gRPC: %v", grpc)
	}
}

// What the header says wins over the baggage in the next service, too, and in one behind another that knows baggage alone.
func TestBaggageThatGoesOnSaysWhatTheHeaderSaid(t *testing.T) {
	all := propagation.NewCompositeTextMapPropagator(propagation.Baggage{}, Propagator{})
	came := propagation.HeaderCarrier{"X-Chaos-Id": {"a"}, "Baggage": {"user=7,chaos.id=b,chaos.type=B"}}
	goes := propagation.HeaderCarrier{}
	all.Inject(all.Extract(t.Context(), came), goes)
	if got := goes.Get("baggage"); got != "user=7,chaos.id=a" && got != "chaos.id=a,user=7" {
		t.Errorf("got %s", got)
	}
}
