// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.ByteString;

/**
 * One request of OTLP, as it goes over HTTP.
 *
 * @param body an {@code Export…ServiceRequest}, not compressed
 * @param json whether the body is OTLP's JSON, and not protobuf
 */
public record OtlpExport(OtlpSignal signal, ByteString body, boolean json) {

    String contentType() {
        return json ? "application/json" : "application/x-protobuf";
    }
}
