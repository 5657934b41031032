// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;

/** A port of TCP and of UDP on all addresses of this machine, and a socket in a file; the one of UDP echoes. */
final class OpenPort implements AutoCloseable {
    private static final int MILLIS = 1000;

    private final ServerSocket tcp = new ServerSocket(0);
    private final DatagramSocket udp = new DatagramSocket(tcp.getLocalPort());
    private final ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);

    OpenPort(Path socket) throws IOException {
        unix.bind(UnixDomainSocketAddress.of(socket));
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    int port() {
        return tcp.getLocalPort();
    }

    /** All of this machine's but the loopback's. */
    List<String> addresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .toList();
    }

    /** Whether both protocols answer on an address. */
    boolean answers(String address) {
        InetSocketAddress there = new InetSocketAddress(address, port());
        try (Socket connection = new Socket();
                DatagramSocket asking = new DatagramSocket()) {
            connection.connect(there, MILLIS);
            asking.setSoTimeout(MILLIS);
            asking.send(new DatagramPacket(new byte[] {1}, 1, there));
            asking.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void echo() {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        try {
            while (!udp.isClosed()) {
                packet.setLength(16);
                udp.receive(packet);
                udp.send(packet);
            }
        } catch (IOException e) {
            if (!udp.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        unix.close();
        udp.close();
        tcp.close();
    }
}
