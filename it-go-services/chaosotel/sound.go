// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
)

// longest is how many characters an id or a type may have.
const longest = 128

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:/-"

var ignored = counter()

func counter() metric.Int64Counter {
	ignored, err := otel.Meter("github.com/chaos-junit/chaos-junit/it-go-services/chaosotel").Int64Counter("chaos.ids.ignored",
		metric.WithDescription("Chaos ids and types of requests that are no such: too long, or of other characters."))
	if err != nil {
		otel.Handle(err)
	}
	return ignored
}

// sound returns what of c can be used. Whoever can send a request can send anything in these fields, and it would end up in
// logs and metrics: so what does not look like ours is ignored whole, and counted.
func sound(c Chaos) (Chaos, bool) {
	if !isSound(c.ID, alphabet) {
		countIgnored(c.ID)
		return Chaos{}, false
	}
	if !isSound(c.Type, alphabet+"+") {
		countIgnored(c.Type)
		c.Type = ""
	}
	return c, true
}

func countIgnored(field string) {
	if field != "" {
		ignored.Add(context.Background(), 1)
	}
}

func isSound(field, alphabet string) bool {
	return field != "" && len(field) <= longest && strings.Trim(field, alphabet) == ""
}
