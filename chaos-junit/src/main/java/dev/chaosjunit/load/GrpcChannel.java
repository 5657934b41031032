// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One client of gRPC in clear text, which connects where the cluster's routes lead, each time anew. */
final class GrpcChannel extends NameResolver {
    /** Held, as a logger that nobody holds forgets its level: at INFO it tells of epoll in each JVM. */
    private static final Logger TCP = Logger.getLogger("io.grpc.netty.TcpMetrics");

    private final URI url;
    private final Hosts hosts;
    private Listener2 listener = new Nobody();

    private GrpcChannel(URI url, Hosts hosts) {
        this.url = url;
        this.hosts = hosts;
    }

    @SuppressWarnings("deprecation") // its replacement is one resolver for the whole JVM, which may be the user's
    static ManagedChannel to(URI url, Hosts hosts) {
        if (TCP.getLevel() == null) {
            TCP.setLevel(Level.WARNING);
        }
        return NettyChannelBuilder.forTarget("load:///" + url.getHost())
                .nameResolverFactory(new Factory() {
                    @Override
                    public NameResolver newNameResolver(URI target, Args ignored) {
                        return new GrpcChannel(url, hosts);
                    }

                    @Override
                    public String getDefaultScheme() {
                        return "load";
                    }
                })
                .overrideAuthority(url.getAuthority())
                .usePlaintext()
                .directExecutor()
                .disableRetry()
                .build();
    }

    @Override
    public String getServiceAuthority() {
        return url.getAuthority();
    }

    @Override
    public void start(Listener2 told) {
        listener = told;
        refresh();
    }

    @Override
    public void refresh() {
        listener.onResult(
                ResolutionResult.newBuilder().setAddressesOrError(addresses()).build());
    }

    private StatusOr<List<EquivalentAddressGroup>> addresses() {
        try {
            return StatusOr.fromValue(hosts.resolve(url.getHost(), url.getPort()).stream()
                    .map(EquivalentAddressGroup::new)
                    .toList());
        } catch (UnknownHostException e) {
            return StatusOr.fromStatus(Status.UNAVAILABLE.withCause(e));
        }
    }

    @Override
    public void shutdown() {
        listener = new Nobody();
    }

    private static final class Nobody extends Listener2 {
        @Override
        public void onResult(ResolutionResult result) {}

        @Override
        public void onError(Status error) {}
    }
}
