// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A cluster of one pod, {@code inspector-0}, whose program tells what it can do. */
final class Inspector implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of("src/test/resources/cluster/inspector").toAbsolutePath();
    private static final String MANIFEST = """
            apiVersion: v1
            kind: Secret
            metadata: {name: inspector}
            stringData: {password: hush-%s}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: inspector}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: inspector}
            spec:
              selector: {matchLabels: {app: inspector}}
              template:
                metadata: {labels: {app: inspector}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: inspector
                      image: inspector
                      ports: [{containerPort: 8080}]
                      %s
                  volumes:
                    - {name: data, emptyDir: {}}
                    - {name: claim, persistentVolumeClaim: {claimName: inspector}}
                    - {name: secret, secret: {secretName: inspector}}
            """;

    private final LocalCluster cluster;

    private Inspector(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Start it.
     *
     * @param field of its container, one line
     */
    static Inspector start(String field) {
        return start(field, "4c1d");
    }

    /** Start it with a Secret of its own. */
    static Inspector start(String field, String secret) {
        return new Inspector(LocalCluster.start(
                ManifestReader.read(
                        List.of(new ManifestSource("inspector.yaml", MANIFEST.formatted(secret, field))), List.of()),
                List.of(new GoImageSpec("inspector", ".", PROGRAM)),
                HelloCluster.PROGRAMS,
                built -> {},
                Collector.NONE,
                Duration.ofSeconds(10),
                HelloCluster.WORK.resolve("inspector")));
    }

    LocalCluster cluster() {
        return cluster;
    }

    String address() {
        return cluster.instances().get(0).address();
    }

    /**
     * Ask it something.
     *
     * @param parameters names and values
     */
    String ask(String what, String... parameters) throws IOException {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], UTF_8));
        }
        return HelloCluster.get("http://" + address() + ":8080/" + what + query);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
