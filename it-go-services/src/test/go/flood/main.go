// SPDX-License-Identifier: Apache-2.0

// Command flood sends telemetry that nobody should send, and more than anybody takes, to where it is told to export,
// when it is asked for that. It answers with what came back, a line each.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	protobuf = "application/x-protobuf"
	spans    = 210_000 // a store of the extension takes 200,000
)

func main() {
	http.HandleFunc("GET /", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("GET /flood", func(w http.ResponseWriter, _ *http.Request) {
		for _, each := range all() {
			fmt.Fprintf(w, "%s: %s\n", each.name, each.send(os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+"/v1/traces"))
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}

// request is one that is sent, and its name.
type request struct {
	name, kind string
	header     http.Header
	body       []byte
}

func all() []request {
	packed := http.Header{"Content-Encoding": {"gzip"}}
	return []request{
		{"no protobuf", protobuf, nil, []byte("\xff\xff\xff no spans")},
		{"no JSON", "application/json", nil, []byte(`{"resourceSpans": [`)},
		{"no gzip", protobuf, packed, []byte("plain")},
		{"no OTLP", "text/html", nil, []byte("<html>")},
		{"too long", protobuf, nil, make([]byte, 5<<20)},
		{"header of 10 MB", protobuf, http.Header{"X-Chaos-Id": {strings.Repeat("a", 10<<20)}}, spansOf(1, 16)},
		{"a span without an id", protobuf, nil, spansOf(1, 0)},
		{"a span", protobuf, nil, spansOf(1, 16)},
		{"flood", protobuf, packed, gzipped(spansOf(spans, 16))},
		{"a span after it", protobuf, nil, spansOf(1, 16)},
	}
}

// send returns the status and, of a failure, nothing more.
func (r request) send(to string) string {
	post, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(r.body))
	if err != nil {
		return err.Error()
	}
	if r.header != nil {
		post.Header = r.header.Clone()
	}
	post.Header.Set("Content-Type", r.kind)
	client := http.Client{Timeout: 30 * time.Second}
	answer, err := client.Do(post)
	if err != nil {
		return "no answer"
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.Status[:3]
}
