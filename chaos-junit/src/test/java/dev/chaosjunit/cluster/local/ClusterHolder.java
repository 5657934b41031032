// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.time.Duration;

/** The main class of a JVM that holds a cluster until it is killed. */
final class ClusterHolder {

    static final String READY = "ready: ";

    private ClusterHolder() {}

    /**
     * With {@code leak}, native code starts a child that inherits the JVM's pipes; with {@code listeners}, there is a
     * keeper.
     */
    public static void main(String[] arguments) throws InterruptedException {
        LocalCluster cluster = arguments[0].equals("listeners")
                ? HelloCluster.start("chaos-io-uring")
                : HelloCluster.start(ClusterHolder::limited, Duration.ofSeconds(60));
        if (arguments[0].equals("leak")) {
            Native.load("c", LibC.class).system("sleep 5 &");
        }
        System.out.println(READY + cluster.describe());
        Thread.sleep(600_000);
        cluster.close();
    }

    /** With cgroups for each controller, which have to go as well. */
    private static String limited(String yaml) {
        String ports = "          ports:\n";
        return yaml.replace(ports, "          resources: {limits: {cpu: 4, memory: 256Mi}}\n" + ports);
    }

    /** What the test needs of the C library. */
    public interface LibC extends Library {
        int system(String command);
    }
}
