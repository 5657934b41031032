// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The helper inside this JVM, through JNA. Use it where no file may be executed, or for probes: a crash of native code
 * ends the JVM, packets that it holds are lost when the JVM is killed, and the JVM itself needs the privileges.
 * JDK 24 and later warn about it unless started with {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class ChaosLibrary implements Helper {

    private static final String NAME = "chaosbpf";
    private static final int REPLY_BYTES = 64 * 1024;

    /** Ids attached through this object: the library itself is one per JVM, whoever uses it. */
    private final Set<String> attached = new LinkedHashSet<>();

    private ChaosLibrary() {}

    /**
     * Load the library from the class path ({@code linux-x86-64/libchaosbpf.so}), or from {@code jna.library.path}.
     *
     * @throws HelperException with code {@link HelperException#NOT_STARTED} if it cannot be loaded here
     */
    public static ChaosLibrary load() throws HelperException {
        try {
            Binding.register();
        } catch (LinkageError e) {
            throw HelperException.of(
                    HelperException.NOT_STARTED,
                    "lib" + NAME + ".so cannot be loaded for " + Platform.RESOURCE_PREFIX + ": " + e.getMessage()
                            + ". Where temporary files may not be mapped (noexec), set -Djna.tmpdir=DIRECTORY.",
                    e);
        }
        return new ChaosLibrary();
    }

    @Override
    public Reply request(Request request) throws HelperException {
        byte[] reply = new byte[REPLY_BYTES];
        synchronized (attached) {
            Binding.chaosbpf_request(request.toLine(), reply, reply.length);
            Reply parsed = Reply.parse(Native.toString(reply, UTF_8));
            remember(request);
            return parsed;
        }
    }

    /** It dies with this JVM, where no action can run. */
    @Override
    public void onDeath(Runnable action) {}

    @Override
    public void close() {
        synchronized (attached) {
            for (String id : List.copyOf(attached)) {
                detach(id);
            }
        }
    }

    @Override
    public String describe() {
        return "lib" + NAME + ".so in this JVM, pid " + ProcessHandle.current().pid();
    }

    private void remember(Request request) {
        String id = request.value("id");
        if (id != null && request.verb().equals("attach")) {
            attached.add(id);
        } else if (id != null && request.verb().equals("detach")) {
            attached.remove(id);
        }
    }

    private void detach(String id) {
        try {
            request(Request.of("detach").with("id", id));
        } catch (HelperException e) {
            System.getLogger(ChaosLibrary.class.getName())
                    .log(System.Logger.Level.WARNING, "Fault {0} could not be detached: {1}", id, e.getMessage());
        }
    }

    /** A class of its own: the JVM links native methods once, however often the library is asked for. */
    private static final class Binding {

        private static boolean registered;

        static synchronized void register() {
            if (!registered) {
                Native.register(Binding.class, NAME);
                registered = true;
            }
        }

        @SuppressWarnings("checkstyle:MethodName") // the name of the C function
        static native int chaosbpf_request(String line, byte[] reply, long size);
    }
}
