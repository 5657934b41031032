// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.local.probe.Answer;
import dev.chaosjunit.cluster.local.probe.Question;
import dev.chaosjunit.cluster.local.probe.Route;
import dev.chaosjunit.cluster.manifest.Probe.Grpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A question to gRPC's health service in Go")
class GrpcQuestionIT {

    private static final String LISTENS = "listens at ";

    private static final String ERROR = ": an error: it may lack gRPC's health service, or that may not know this one";

    private static Process server;
    private static int healthy;
    private static int bare;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        Path program = Path.of("target/probed").toAbsolutePath();
        Commands.run("go", "build", "-o", program.toString(), "./src/test/go/probed");
        ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
        builder.environment().put("GRPC", "127.0.0.1:0");
        builder.environment().put("BARE", "127.0.0.1:0");
        builder.environment().put("HTTP", "127.0.0.1:0");
        server = builder.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        healthy = port(output.readLine());
        bare = port(output.readLine());
    }

    private static int port(String line) {
        assertThat(line).contains(LISTENS);
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroyForcibly();
        assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("is good where it serves")
    void serving() {
        assertThat(ask(healthy, "")).isEqualTo(new Answer(true, "gRPC health of 127.0.0.1:" + healthy + ": SERVING"));
    }

    @Test
    @DisplayName("is bad where there is no such service, for health or the one that it names")
    void without() {
        assertThat(ask(bare, "")).isEqualTo(new Answer(false, "gRPC health of 127.0.0.1:" + bare + ERROR));
        String unknown = "s".repeat(300); // a length of two bytes
        assertThat(ask(healthy, unknown).text()).endsWith("service " + unknown + ERROR);
    }

    @Test
    @DisplayName("is bad where the service that it names does not serve")
    void notServing() {
        assertThat(ask(healthy, "shop"))
                .isEqualTo(new Answer(false, "gRPC health of 127.0.0.1:" + healthy + ", service shop: NOT_SERVING"));
    }

    private static Answer ask(int port, String service) {
        try {
            return Question.of(new Grpc(port, service), new Route("127.0.0.2", "127.0.0.1"), (command, limit) -> {
                        throw new IOException("no container");
                    })
                    .ask(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
