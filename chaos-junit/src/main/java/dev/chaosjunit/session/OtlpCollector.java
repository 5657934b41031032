// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.observe.trace.OtlpReceiver;
import dev.chaosjunit.observe.trace.SpanStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in the traces of one session's pods, if its plan wants them, and passes on what they export. */
final class OtlpCollector implements Collector, AutoCloseable {
    /** Milliseconds until a pod sends what it has; an SDK would take five seconds. */
    private static final String SCHEDULE_DELAY = "500";

    /** Spans that wait in a pod; an SDK would drop what is beyond 2,048. */
    private static final String QUEUE = "16384";

    private final Optional<OtlpProtocol> protocol;
    private final Optional<URI> endpoint;
    private final Telemetry telemetry;
    private final SpanStore spans = new SpanStore();
    private @Nullable OtlpReceiver receiver;

    OtlpCollector(Optional<OtlpProtocol> protocol, Optional<URI> endpoint, Telemetry telemetry) {
        this.protocol = protocol;
        this.endpoint = endpoint;
        this.telemetry = telemetry;
    }

    @Override
    public boolean isWanted() {
        return protocol.isPresent();
    }

    @Override
    public Exporting listen(String address) {
        if (!isWanted()) {
            return Exporting.NONE;
        }
        close(); // a runtime that was tried before may have asked
        try {
            OtlpReceiver opened = OtlpReceiver.open(InetAddress.getByName(address), spans, telemetry);
            receiver = opened;
            int port = protocol.get() == OtlpProtocol.GRPC ? opened.grpcPort() : opened.httpPort();
            InetSocketAddress to = new InetSocketAddress(address, port);
            return new Exporting(Optional.of(to), variables("http://" + address + ":" + port));
        } catch (IOException e) {
            throw new ClusterException("cannot listen for traces on " + address + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Exporting elsewhere() {
        if (!isWanted()) {
            return Exporting.NONE;
        }
        URI to = endpoint.orElseThrow(() -> new RuntimeUnavailableException(
                "@Traces: pods of this cluster cannot reach this JVM. Name a collector that they reach, by "
                        + Settings.OTLP_ENDPOINT + "=http://collector.observability:4318"));
        return new Exporting(Optional.empty(), variables(to.toString()));
    }

    private Map<String, String> variables(String to) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_TRACES_EXPORTER", "otlp");
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", to);
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol.orElseThrow().word());
        variables.put("OTEL_BSP_SCHEDULE_DELAY", SCHEDULE_DELAY);
        variables.put("OTEL_BSP_MAX_QUEUE_SIZE", QUEUE);
        variables.put("OTEL_RESOURCE_ATTRIBUTES", "k8s.pod.name=$(" + Exporting.POD_NAME + ")");
        return variables;
    }

    /** What was received; absent where nothing is, or not here. */
    Optional<SpanStore> spans() {
        return Optional.ofNullable(receiver).map(receiving -> spans);
    }

    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
    }
}
