// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import dev.chaosjunit.cluster.ClusterException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/** The name server of the pods, on UDP and TCP; both on the same port, which the kernel picks. */
public final class DnsServer implements AutoCloseable {

    private static final int PLAIN_UDP_BYTES = 512;
    private static final int TCP_MILLIS = 2000;
    private static final int BACKLOG = 64;
    private static final int PORTS_TRIED = 10;

    private final ServiceNames names;
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    /**
     * Serve on an address of this machine until closed.
     *
     * @param services by namespace and name, as they are now; empty when there is no such Service
     */
    public DnsServer(String address, BiFunction<String, String, Optional<NamedService>> services) {
        this(address, new ServiceNames(new ServiceRecords(services)));
    }

    DnsServer(String address, ServiceNames names) {
        this.names = names;
        try {
            Sockets sockets = Sockets.open(InetAddress.getByName(address));
            tcp = sockets.tcp();
            udp = sockets.udp();
        } catch (IOException e) {
            throw new ClusterException("cannot serve names on " + address + ": " + e.getMessage(), e);
        }
        daemon("dns-udp", this::serveUdp);
        daemon("dns-tcp", this::serveTcp);
    }

    /** Both on one port. */
    private record Sockets(ServerSocket tcp, DatagramSocket udp) {

        /** The kernel chooses a port that TCP has free; UDP's may be somebody's. */
        static Sockets open(InetAddress local) throws IOException {
            for (int tries = 1; true; tries++) {
                ServerSocket tcp = new ServerSocket(0, BACKLOG, local);
                try {
                    return new Sockets(tcp, new DatagramSocket(tcp.getLocalPort(), local));
                } catch (IOException e) {
                    tcp.close();
                    if (tries == PORTS_TRIED) {
                        throw e;
                    }
                }
            }
        }
    }

    public int port() {
        return udp.getLocalPort();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveUdp() {
        byte[] buffer = new byte[65535];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                OPTRecord opt = query.getOPT();
                int room = opt == null ? PLAIN_UDP_BYTES : Math.max(PLAIN_UDP_BYTES, opt.getPayloadSize());
                byte[] answer = names.answer(query).toWire(room);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // no DNS message, its sender is gone, or we were closed: the next one counts
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket client = tcp.accept();
                daemon("dns-tcp-client", () -> serve(client));
            } catch (IOException e) {
                // closed, or the client went away before we took it
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(TCP_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = names.answer(new Message(query)).toWire();
                byte[] framed = new byte[answer.length + 2];
                framed[0] = (byte) (answer.length >> 8);
                framed[1] = (byte) answer.length;
                System.arraycopy(answer, 0, framed, 2, answer.length);
                out.write(framed);
            }
        } catch (IOException e) {
            // end of the connection, or no DNS message
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
