// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;

/** What a service says of itself to Prometheus, in its text format. */
record Metrics(String text) {

    /** Of an address of ours, {@code http://HOST:PORT}. */
    static Metrics of(String admin) {
        return new Metrics(given().baseUri(admin).get("/metrics").asString());
    }

    /** The first sample of a metric. */
    double value(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " in\n" + text));
    }
}
