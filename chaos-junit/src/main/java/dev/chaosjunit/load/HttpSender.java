// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.nio.AsyncEntityConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one kind of request over HTTP/1.1, as is: nothing is retried, redirected or remembered between requests.
 *
 * <p>It stands for several clients that take turns, each with its own kept connections. One client alone would reuse a
 * single connection, and a Service that deals out connections would send all of its requests to one replica.
 */
final class HttpSender implements Sender {
    /** What is left to the caller's own clock; the client's time-outs only back it up. */
    private static final Duration BACKUP = Duration.ofSeconds(1);

    private static final int CLIENTS = 8;

    private final LoadSpec spec;
    private final Carried carried;
    private final CloseableHttpAsyncClient client;
    private int turn;

    HttpSender(LoadSpec spec, DnsResolver hosts, TraceIds traces, int maxConnections) {
        this.spec = spec;
        this.carried = new Carried(spec, traces);
        Timeout timeout = Timeout.of(spec.timeout().plus(BACKUP));
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(pool(hosts, maxConnections, timeout))
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setThreadFactory(new DefaultThreadFactory("chaos-load-io", true))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
        client.start();
    }

    private static AsyncClientConnectionManager pool(DnsResolver hosts, int maxConnections, Timeout timeout) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(hosts)
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(timeout).build())
                .build();
    }

    @Override
    public void mark(Optional<ChaosMark> wanted) {
        carried.mark(wanted);
    }

    /** Giving it up closes its connection. */
    @Override
    public Runnable send(int number, long plannedNanos, Flight flight) {
        HttpClientContext context = HttpClientContext.create();
        context.setUserToken(turn++ % CLIENTS);
        HttpAnswer callback = new HttpAnswer(flight, spec.expected());
        Future<?> answer =
                client.execute(request(number, plannedNanos), new BasicResponseConsumer<>(answer()), context, callback);
        return () -> answer.cancel(true);
    }

    /** Bodies are kept only where something is wanted of them. */
    private AsyncEntityConsumer<String> answer() {
        return spec.expected().body().isEmpty() ? new DiscardingEntityConsumer<>() : new StringAsyncEntityConsumer();
    }

    private AsyncRequestProducer request(int number, long plannedNanos) {
        AsyncRequestBuilder request = AsyncRequestBuilder.create(spec.method()).setUri(spec.url());
        carried.by(number, plannedNanos).forEach(request::addHeader);
        if (!spec.body().isEmpty()) {
            request.setEntity(new BasicAsyncEntityProducer(spec.body().getBytes(StandardCharsets.UTF_8), null));
        }
        return request.build();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
