// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.cluster.Instance;
import java.util.List;
import org.apiguardian.api.API;

/** The experiment a test runs in; declare it as a parameter of the test method. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ChaosRun {

    /**
     * Look up a Service of the manifests.
     *
     * @param name as pods call it: {@code web}, or {@code web.prod} where it is in namespace {@code prod}; without the
     *     namespace, it is the one in {@code default}, or the only one of that name
     * @throws IllegalArgumentException if there is none of that name, or several; the message lists those there are
     */
    Service service(String name);

    /** The pods that run now. */
    List<Instance> pods();

    /** The pods that the faults of this test hit; empty for a test without a fault. */
    List<Instance> targets();

    /**
     * The last lines that a pod printed.
     *
     * @param pod its name, or {@code shop/db-0} in namespace {@code shop}; without the namespace, it is the one in
     *     {@code default}, or the only one of that name
     */
    List<String> log(String pod, int lines);

    /**
     * What pods told of requests since the baseline began, by their traces; more may be on its way for a second.
     *
     * @throws IllegalStateException where none are received, as without {@link Traces} on the class
     */
    dev.chaosjunit.observe.trace.Traces traces();

    /** The seed of all randomness; {@code chaos.seed} set to it replays the run. */
    long seed();

    /** Wait until the last fault of this test is lifted. Returns at once for a test without a fault. */
    void awaitRevert() throws InterruptedException;

    /** A Service as the test's own process reaches it. */
    interface Service {

        /** {@code http://address:port} of its lowest TCP port. */
        String url();

        /**
         * {@code http://address:port} of a named port.
         *
         * @throws IllegalArgumentException if there is no such port
         */
        String url(String port);
    }
}
