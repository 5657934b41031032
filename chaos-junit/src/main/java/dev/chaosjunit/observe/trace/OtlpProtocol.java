// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import org.apiguardian.api.API;

/** How telemetry is exported. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum OtlpProtocol {
    /** Protobuf over HTTP/1.1. */
    HTTP("http/protobuf"),
    /** gRPC in clear text. */
    GRPC("grpc");

    private final String word;

    OtlpProtocol(String word) {
        this.word = word;
    }

    /** As {@code OTEL_EXPORTER_OTLP_PROTOCOL} has it. */
    public String word() {
        return word;
    }
}
