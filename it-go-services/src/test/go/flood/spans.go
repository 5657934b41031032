// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

const spansOfTrace = 1000

// spansOf is an ExportTraceServiceRequest with so many spans, whose trace ids have so many bytes: 16 are legal.
func spansOf(count, idBytes int) []byte {
	now := uint64(time.Now().UnixNano())
	var scope []byte
	for i := range count {
		trace := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, 7), uint64(1+i/spansOfTrace))
		span := part(nil, 1, trace[:idBytes])
		span = part(span, 2, binary.BigEndian.AppendUint64(nil, uint64(1+i)))
		span = part(span, 5, []byte("flood"))
		span = protowire.AppendFixed64(protowire.AppendTag(span, 7, protowire.Fixed64Type), now)
		span = protowire.AppendFixed64(protowire.AppendTag(span, 8, protowire.Fixed64Type), now)
		scope = part(scope, 2, span)
	}
	name := part(part(nil, 1, []byte("service.name")), 2, part(nil, 1, []byte("flood")))
	resource := part(nil, 1, name)
	return part(nil, 1, part(part(nil, 1, resource), 2, scope))
}

// part appends a field of bytes, text or another message.
func part(to []byte, field protowire.Number, value []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(to, field, protowire.BytesType), value)
}

func gzipped(body []byte) []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(body)
	_ = w.Close()
	return packed.Bytes()
}
