// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;

import dev.chaosjunit.ChaosRun;
import java.util.stream.DoubleStream;

/** What the pod behind a Service says of itself on its admin port, in Prometheus' format. */
record Metrics(String text) {

    static Metrics of(String service, ChaosRun run) {
        return new Metrics(given().baseUri(run.service(service).url("admin"))
                .get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** The sum of a metric's values, whatever labels they have besides; 0 where there is none yet. */
    long sum(String nameAndLabels) {
        return (long) values(nameAndLabels).sum();
    }

    /** The first value of a metric, which has to be there. */
    double value(String nameAndLabels) {
        return values(nameAndLabels)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + nameAndLabels + " in\n" + text));
    }

    private DoubleStream values(String nameAndLabels) {
        return text.lines()
                .filter(line -> line.startsWith(nameAndLabels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))));
    }
}
