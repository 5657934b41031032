// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.chaosjunit.quantity.Rate;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthProto;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load of gRPC")
class GrpcLoadTests {
    private static final Routes LOOPBACK =
            (host, port) -> Optional.of(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    private static final String CHECK = "grpc.health.v1.Health/Check";

    private final ConcurrentLinkedQueue<Metadata> seen = new ConcurrentLinkedQueue<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = start(true, 0);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Test
    @DisplayName("asks the server what its method is, and sends JSON as its message")
    void reflection() throws Exception {
        assertThat(samples(spec(CHECK, "{\"service\": \"\"}", "SERVING")))
                .allMatch(sample -> sample.error() == null && sample.sent());
    }

    @Test
    @DisplayName("takes the method from descriptors where the server tells nothing")
    void descriptors() throws Exception {
        stop();
        server = start(false, 0);
        assertThat(samples(described(spec(CHECK, "", "")))).allMatch(sample -> sample.error() == null && sample.sent());
    }

    @Test
    @DisplayName("counts a status that is not OK, and an answer without what is expected, at their own latency")
    void wrong() throws Exception {
        assertThat(samples(spec(CHECK, "{\"service\": \"nobody\"}", "")))
                .allMatch(sample -> "gRPC NOT_FOUND".equals(sample.error()) && sample.latencyNanos() < 2e9);
        assertThat(samples(spec(CHECK, "", "DOWN")))
                .allMatch(sample -> "gRPC OK without \"DOWN\"".equals(sample.error()));
    }

    @Test
    @DisplayName("counts a server that has gone as refused at the time-out, and finds it again")
    void gone() throws Exception {
        int port = server.getPort();
        try (OpenLoad load = OpenLoad.start(spec(CHECK, "", ""), LOOPBACK)) {
            await().until(() -> load.samples().size() > 3);
            stop();
            await().untilAsserted(() -> assertThat(load.samples())
                    .filteredOn(sample -> "connection refused".equals(sample.error()))
                    .isNotEmpty()
                    .allMatch(sample -> sample.sent() && sample.latencyNanos() == 2_000_000_000L));
            server = start(true, port);
            await().until(() ->
                    last(load).filter(sample -> sample.error() == null).isPresent());
        }
    }

    @Test
    @DisplayName("gives a call up at its time-out, a stream that does not end as well")
    void stream() throws Exception {
        LoadSpec endless = new LoadSpec(
                url("grpc.health.v1.Health/Watch"), new Rate(20), "gRPC", Map.of(), "", Duration.ofMillis(300));
        assertThat(samples(endless)).allMatch(sample -> "timeout".equals(sample.error()));
    }

    @Test
    @DisplayName("carries the mark, its trace and its own metadata")
    void metadata() throws Exception {
        LoadSpec spec = new LoadSpec(url(CHECK), new Rate(50), "gRPC", Map.of("X-User", "7"), "", Duration.ofSeconds(2))
                .traced();
        try (OpenLoad load = OpenLoad.start(spec, LOOPBACK)) {
            load.mark(Optional.of(ChaosMark.of("ShopTest.slow", "fault", List.of("NetworkDelay"))));
            await().until(() ->
                    seen.stream().anyMatch(call -> "ShopTest.slow/fault".equals(value(call, "x-chaos-id"))));
            assertThat(seen)
                    .filteredOn(call -> value(call, "traceparent") != null)
                    .allSatisfy(call -> {
                        assertThat(value(call, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
                        assertThat(value(call, "x-user")).isEqualTo("7");
                    });
        }
    }

    @Test
    @DisplayName("is refused for a method, a service or a body that the server does not have, with the nearest names")
    void refused() throws Exception {
        assertThatThrownBy(() -> OpenLoad.start(spec("grpc.health.v1.Health/Chek", "", ""), LOOPBACK))
                .hasMessageContaining("there is no method Chek; nearest are [Check, ");
        assertThatThrownBy(() -> OpenLoad.start(spec("grpc.health.v1.Healthy/Check", "", ""), LOOPBACK))
                .hasMessageContaining(
                        "there is no service grpc.health.v1.Healthy; nearest are [grpc.health.v1.Health,");
        assertThatThrownBy(() -> OpenLoad.start(spec(CHECK, "{\"servise\": 1}", ""), LOOPBACK))
                .hasMessageContaining("is no grpc.health.v1.HealthCheckRequest: ")
                .hasMessageContaining("servise");
    }

    @Test
    @DisplayName("is refused by a server without reflection, with what to do")
    void noReflection() throws Exception {
        stop();
        server = start(false, 0);
        assertThatThrownBy(() -> OpenLoad.start(spec(CHECK, "", ""), LOOPBACK))
                .hasMessageContaining("does not offer reflection (grpc.reflection.v1)")
                .hasMessageContaining("@Load(descriptors = ");
    }

    private Server start(boolean reflection, int port) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(new HealthStatusManager().getHealthService())
                .intercept(new Seeing());
        return (reflection ? builder.addService(ProtoReflectionServiceV1.newInstance()) : builder)
                .build()
                .start();
    }

    private URI url(String method) {
        return URI.create("grpc://shop:" + server.getPort() + "/" + method);
    }

    private LoadSpec spec(String method, String body, String expected) {
        return new LoadSpec(
                url(method),
                new Rate(50),
                "gRPC",
                Map.of(),
                body,
                Duration.ofSeconds(2),
                new Expected(Expected.NO_ERROR.statuses(), expected));
    }

    private static LoadSpec described(LoadSpec spec) {
        FileDescriptorSet set = FileDescriptorSet.newBuilder()
                .addFile(HealthProto.getDescriptor().toProto())
                .build();
        return new LoadSpec(
                spec.url(),
                spec.rate(),
                spec.method(),
                spec.headers(),
                spec.body(),
                spec.timeout(),
                spec.expected(),
                spec.following(),
                Optional.of(set));
    }

    private static List<Sample> samples(LoadSpec spec) {
        try (OpenLoad load = OpenLoad.start(spec, LOOPBACK)) {
            await().until(() -> load.samples().size() >= 5);
            return load.samples();
        }
    }

    private static Optional<Sample> last(OpenLoad load) {
        List<Sample> all = load.samples();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static @Nullable String value(Metadata call, String name) {
        return call.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private final class Seeing implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            seen.add(headers);
            return next.startCall(call, headers);
        }
    }
}
