// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static dev.chaosjunit.cluster.kubernetes.RelayFrames.OPEN;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.RESET;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One connection to a relay, on which those of many callers here go as streams: a port-forward of its own would cost each
 * more than most requests do, on this machine, the API server and the node, and load opens hundreds at once.
 */
final class RelayCarrier implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final SocketChannel relay;
    private final RelayFrames frames;
    private final Selector selector;
    private final SelectionKey carrying;
    private final List<ServerSocketChannel> doors = new ArrayList<>();
    private final Map<Integer, RelayStream> streams = new HashMap<>();
    private final ForwardFailures failures;
    private final Consumer<String> ended;
    private volatile boolean closed;
    private int next = 1;

    private RelayCarrier(InetSocketAddress relay, int targets, String name, Consumer<String> ended)
            throws IOException {
        this.relay = SocketChannel.open(relay);
        this.relay.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.relay.configureBlocking(false);
        this.frames = new RelayFrames(this.relay);
        this.selector = Selector.open();
        this.carrying = this.relay.register(selector, SelectionKey.OP_READ);
        this.failures = new ForwardFailures("by " + name);
        this.ended = ended;
        for (int target = 0; target < targets; target++) {
            ServerSocketChannel door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT, target);
            doors.add(door);
        }
    }

    /**
     * Connect to a relay.
     *
     * @param relay where its port is reached from here
     * @param targets how many it has
     * @param ended told why once the connection has ended, unless by {@link #close}
     */
    static RelayCarrier open(InetSocketAddress relay, int targets, String name, Consumer<String> ended) {
        try {
            RelayCarrier carrier = new RelayCarrier(relay, targets, name, ended);
            Thread thread = new Thread(carrier::run, "chaos-relay");
            thread.setDaemon(true);
            thread.start();
            return carrier;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + name, e);
        }
    }

    /** Where a target is reached from here. */
    InetSocketAddress local(int target) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), doors.get(target).socket().getLocalPort());
    }

    private void run() {
        try (selector;
                relay) {
            while (!closed) {
                selector.select();
                frames.flush();
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
                frames.flush();
                streams.values().removeIf(stream -> !stream.goesOn());
                carrying.interestOps(SelectionKey.OP_READ | (frames.isWaiting() ? SelectionKey.OP_WRITE : 0));
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                ended.accept(String.valueOf(e.getMessage()));
            }
        } finally {
            streams.values().forEach(RelayStream::reset);
            doors.forEach(RelayCarrier::close);
            failures.sum();
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key == carrying) {
            if (key.isReadable()) {
                frames.receive(this::take);
            }
        } else if (key.attachment() instanceof RelayStream stream) {
            stream.serve();
        } else if (key.attachment() instanceof Integer target) {
            accept((ServerSocketChannel) key.channel(), target);
        }
    }

    private void accept(ServerSocketChannel door, int target) throws IOException {
        for (SocketChannel caller = door.accept(); caller != null; caller = door.accept()) {
            RelayStream stream = new RelayStream(next++, caller, frames, selector);
            streams.put(stream.number(), stream);
            frames.send(
                    stream.number(),
                    OPEN,
                    ByteBuffer.allocate(2).putShort((short) target).flip());
        }
    }

    private void take(int number, byte kind, ByteBuffer bytes) {
        RelayStream stream = streams.get(number);
        if (stream == null) {
            return; // it was over before this came
        }
        if (kind == RESET) {
            failures.add(new IOException(UTF_8.decode(bytes).toString()));
            streams.remove(number);
            stream.reset();
        } else {
            stream.take(kind, bytes);
            stream.serve();
        }
    }

    @Override
    public void close() {
        failures.expected();
        closed = true;
        selector.wakeup();
    }

    private static void close(ServerSocketChannel door) {
        try {
            door.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
