// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.profile.ProfileReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One pod's {@code net/http/pprof}: its goroutines. */
public final class Pprof {
    private static final int QUICK_MS = 2_000;
    private static final int DUMP_MS = 5_000;
    private static final int CUT = PprofHttp.MOST; // where Go's net/http/pprof gives up making room

    private static final String COUNT = "/debug/pprof/goroutine?debug=1";
    private static final String DUMP = "/debug/pprof/goroutine?debug=2";
    private static final String LABELLED = "/debug/pprof/goroutine?debug=0";
    private static final String LEAKED = "/debug/pprof/goroutineleak?debug=1";
    private static final Pattern TOTAL = Pattern.compile("\\w+ profile: total (\\d+)");

    private final String pod;
    private final PprofHttp http;

    /**
     * Address a pod's pprof.
     *
     * @param pod its name, for messages
     * @param address where its port is reached from here
     */
    public Pprof(String pod, InetSocketAddress address) {
        this.pod = pod;
        this.http = new PprofHttp(address);
    }

    /**
     * The port that serves pprof.
     *
     * @param name the container port's name
     * @throws PprofException when the pod declares no such port
     */
    public static int port(Instance instance, String name) {
        Integer port = instance.ports().get(name);
        if (port == null) {
            throw new PprofException(instance.name() + " has no container port named \"" + name + "\" (it has "
                    + instance.ports() + "); " + remedy());
        }
        return port;
    }

    /** How many goroutines there are; cheap enough for once a second. */
    public int count() {
        return total(require(COUNT, QUICK_MS));
    }

    /** All goroutines with their stacks; stops the process for a moment. */
    public GoroutineDump dump() {
        String dump = require(DUMP, DUMP_MS);
        if (dump.length() >= CUT) {
            throw new PprofException(
                    pod + ": its goroutines are more than the 64 MiB that Go tells of them, and those that"
                            + " came last are cut off: a leak would not be seen. Have fewer, or do without @GoroutineBaseline");
        }
        try {
            return GoroutineDump.parse(dump);
        } catch (IllegalArgumentException e) {
            throw failure(DUMP, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is known of the requests that goroutines were made for; empty where that cannot be told. */
    Optional<StackLabels> labels() {
        try {
            PprofHttp.Answer answer = http.get(LABELLED, DUMP_MS);
            return Optional.of(new StackLabels(ProfileReader.read(answer.body().array())));
        } catch (IOException e) {
            return Optional.empty(); // it is to say more of a failure, and must not become one
        }
    }

    /**
     * How many goroutines are leaked, as the Go runtime finds by a garbage collection that it runs for this. A later
     * {@link #dump()} marks them. Empty where the target has no such profile (before Go 1.27, unless built for it).
     */
    public OptionalInt leaked() {
        String profile = get(LEAKED, DUMP_MS);
        return profile == null ? OptionalInt.empty() : OptionalInt.of(total(profile));
    }

    private String require(String path, int timeoutMs) {
        String body = get(path, timeoutMs);
        if (body == null) {
            throw failure(path, "HTTP 404", null);
        }
        return body;
    }

    private int total(String profile) {
        Matcher total = TOTAL.matcher(profile.lines().findFirst().orElse(""));
        if (!total.lookingAt()) {
            throw failure("/debug/pprof/", "the answer is no profile", null);
        }
        return Integer.parseInt(total.group(1));
    }

    /** The body of an answer, null for 404. */
    private @Nullable String get(String path, int timeoutMs) {
        try {
            PprofHttp.Answer answer = http.get(path, timeoutMs);
            if (answer.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return null;
            }
            if (answer.status() != HttpURLConnection.HTTP_OK) {
                throw failure(path, "HTTP " + answer.status(), null);
            }
            return answer.text();
        } catch (IOException e) {
            throw failure(path, String.valueOf(e.getMessage()), e);
        }
    }

    private PprofException failure(String path, String why, @Nullable Throwable cause) {
        String message = pod + ": no profile from " + http.url(path) + " (" + why + "); " + remedy();
        return cause == null ? new PprofException(message) : new PprofException(message, cause);
    }

    private static String remedy() {
        return "declare a container port that serves net/http/pprof, and name it in @GoroutineBaseline(port)";
    }
}
