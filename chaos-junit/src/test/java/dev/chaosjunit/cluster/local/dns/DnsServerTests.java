// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@DisplayName("The DNS server")
class DnsServerTests {

    private final DnsServer server = new DnsServer("127.0.0.1", new ServiceNames(DnsServerTests::many));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("cuts an answer that does not fit into a datagram, and gives all of it by TCP")
    void truncation() throws IOException {
        assertThat(resolver(false, true).send(query()).getSection(Section.ANSWER))
                .hasSize(100);
        Message cut = resolver(false, false).send(query());
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(resolver(true, true).send(query()).getSection(Section.ANSWER))
                .hasSize(100);
    }

    @Test
    @DisplayName("survives what is no DNS message")
    void garbage() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress local = InetAddress.getLoopbackAddress();
            socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, local, server.port()));
        }

        assertThat(resolver(true, false).send(query()).getSection(Section.ANSWER))
                .hasSize(100);
    }

    @Test
    @DisplayName("answers thousands of queries, each with its own id")
    void thousands() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(5000);
            byte[] buffer = new byte[1500];
            for (int i = 0; i < 5000; i++) {
                Message query = query();
                query.getHeader().setID(i);
                byte[] wire = query.toWire();
                socket.send(new DatagramPacket(wire, wire.length));
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                assertThat(((buffer[0] & 0xff) << 8) | (buffer[1] & 0xff)).isEqualTo(i);
            }
        }
    }

    private static Optional<List<Record>> many(Name name) {
        return Optional.of(IntStream.range(2, 102)
                .mapToObj(i -> record(name, "198.18.0." + i))
                .toList());
    }

    private static Record record(Name name, String address) {
        try {
            return Record.fromString(name, Type.A, DClass.IN, 5, address, Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimpleResolver resolver(boolean tcp, boolean largeDatagrams) throws IOException {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(server.port());
        resolver.setTCP(tcp);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(Duration.ofSeconds(5));
        if (largeDatagrams) {
            resolver.setEDNS(0, 4096, 0, List.of());
        } else {
            resolver.setEDNS(-1);
        }
        return resolver;
    }

    private static Message query() throws IOException {
        return Message.newQuery(
                Record.newRecord(Name.fromString("pods.default.svc.cluster.local."), Type.A, DClass.IN));
    }
}
