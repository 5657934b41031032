// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.session.Preflight;
import dev.chaosjunit.session.Session;
import dev.chaosjunit.session.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Deployment of {@code src/test/go/scale}. */
record Crowd(int pods, int goroutines) {
    static final int PORT = 8080;
    private static final Path SOURCES = Path.of("src/test/go/scale").toAbsolutePath();

    /** Bring it up where {@code chaos.runtime} says. */
    Session start() {
        Plan plan = new Plan(
                List.of(new ManifestSource("bench", yaml())),
                List.of(),
                List.of(new GoImageSpec("scale", ".", SOURCES)),
                ClusterRuntime.LOCAL,
                Duration.ofMinutes(2),
                WindowLengths.SHORTEST);
        Settings settings = new Settings(name -> Optional.ofNullable(System.getProperty(name)));
        return Session.open(Preflight.of(plan), List.of(), "bench-scale", settings);
    }

    String yaml() {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: scale
                spec:
                  replicas: %d
                  selector:
                    matchLabels:
                      app: scale
                  template:
                    metadata:
                      labels:
                        app: scale
                    spec:
                      containers:
                        - name: scale
                          image: scale
                          imagePullPolicy: Never
                          env:
                            - name: GOROUTINES
                              value: "%d"
                          ports:
                            - name: http
                              containerPort: %d
                          readinessProbe:
                            tcpSocket:
                              port: http
                            periodSeconds: 10
                """.formatted(pods, goroutines, PORT);
    }
}
