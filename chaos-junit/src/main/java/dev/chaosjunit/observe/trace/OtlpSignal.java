// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Locale;

/** What telemetry is of; each has a path of its own in OTLP over HTTP. */
public enum OtlpSignal {
    TRACES,
    METRICS,
    LOGS;

    /** Behind a base URL: {@code /v1/traces}. */
    public String path() {
        return "/v1/" + name().toLowerCase(Locale.ROOT);
    }
}
