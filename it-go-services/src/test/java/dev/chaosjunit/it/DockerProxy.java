// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.regex.Pattern;

/** Stands in front of this machine's Docker Engine, and answers some requests itself, as other engines would. */
final class DockerProxy implements AutoCloseable {
    private static final UnixDomainSocketAddress ENGINE = UnixDomainSocketAddress.of("/var/run/docker.sock");

    private final ServerSocket server;
    private final List<Answer> answers;

    /**
     * What is said instead of the engine.
     *
     * @param request a regular expression for its first line
     * @param status of HTTP
     * @param json the body
     */
    record Answer(String request, String status, String json) {
        static final Answer NOT_PRIVILEGED = new Answer(
                "^POST .*/containers/create",
                "403 Forbidden",
                "{\"message\":\"authorization denied by plugin: use of Privileged containers is not allowed\"}");

        boolean fits(String head) {
            return Pattern.compile(request)
                    .matcher(head.lines().findFirst().orElse(""))
                    .find();
        }

        byte[] bytes() {
            return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + json.length() + "\r\n\r\n" + json)
                    .getBytes(US_ASCII);
        }
    }

    private DockerProxy(ServerSocket server, List<Answer> answers) {
        this.server = server;
        this.answers = answers;
    }

    static DockerProxy start(Answer... answers) throws IOException {
        DockerProxy proxy =
                new DockerProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(answers));
        inBackground(proxy::accept);
        return proxy;
    }

    /** For the environment variable DOCKER_HOST. */
    String dockerHost() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void inBackground(Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.run();
                    } catch (IOException e) {
                        // one of the two ends is gone
                    }
                },
                "docker-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Part {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            inBackground(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            for (Answer answer : answers) {
                if (answer.fits(head)) {
                    client.getOutputStream().write(answer.bytes());
                    client.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
            }
            pass(head, in, client.getOutputStream());
        }
    }

    /** All that the client says, and all that the engine does: also where they go on to speak something else. */
    private static void pass(String head, InputStream in, OutputStream out) throws IOException {
        try (SocketChannel engine = SocketChannel.open(ENGINE)) {
            engine.write(ByteBuffer.wrap(oneRequest(head).getBytes(US_ASCII)));
            inBackground(() -> passOn(in, engine));
            ByteBuffer part = ByteBuffer.allocate(1 << 16);
            while (engine.read(part.clear()) >= 0) {
                out.write(part.array(), 0, part.position());
                out.flush();
            }
        }
    }

    /** A client that is gone, in whatever way, is the end of what it says. */
    private static void passOn(InputStream in, SocketChannel engine) throws IOException {
        byte[] part = new byte[1 << 16];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                engine.write(ByteBuffer.wrap(part, 0, n));
            }
        } finally {
            engine.shutdownOutput();
        }
    }

    /** The next request would pass unseen: let each have a connection of its own. */
    private static String oneRequest(String head) {
        return head.contains("Upgrade")
                ? head
                : head.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                        .replaceAll("(?i)\r\nConnection: keep-alive", "");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client is gone");
            }
            head.write(next);
        }
        return head.toString(US_ASCII);
    }
}
