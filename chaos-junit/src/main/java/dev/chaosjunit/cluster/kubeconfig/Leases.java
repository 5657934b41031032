// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The Leases of a run, one in each namespace that it uses, renewed as long as this JVM lives. */
final class Leases implements AutoCloseable {
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final List<NamespaceLease> held = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread shutdownHook = new Thread(this::giveBack, "chaos-leases-shutdown");
    private boolean warned;

    private Leases() {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Take them when it is our turn, in alphabetical order: two runs never wait for each other. */
    static Leases take(KubernetesClient client, Collection<String> namespaces, String run) {
        Leases leases = new Leases();
        leases.renewInBackground();
        try {
            for (String namespace : new TreeSet<>(namespaces)) {
                leases.held.add(new Turn(client, namespace, run).await());
            }
            return leases;
        } catch (RuntimeException | Error e) {
            leases.close();
            throw e;
        }
    }

    /** Who owns what is made in a namespace. */
    OwnerReference owner(String namespace) {
        return held.stream()
                .filter(lease -> lease.namespace().equals(namespace))
                .findFirst()
                .map(NamespaceLease::owner)
                .orElseThrow(() -> new ClusterException("this run has no Lease in namespace " + namespace));
    }

    private void renewInBackground() {
        Thread thread = new Thread(this::renewals, "chaos-leases");
        thread.setDaemon(true);
        thread.start();
    }

    private void renewals() {
        try {
            while (!closed.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
                held.forEach(this::renew);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server that does not answer may do so in five seconds; that the Lease is lost is said once. */
    private synchronized void renew(NamespaceLease lease) {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            lease.renew();
        } catch (KubernetesClientException e) {
            if (!warned) {
                warned = true;
                warn("cannot be renewed: " + Refusals.reason(e), lease);
            }
        }
    }

    private static void warn(String what, NamespaceLease lease) {
        System.getLogger(Leases.class.getName())
                .log(System.Logger.Level.WARNING, "the Lease in namespace {0} {1}", lease.namespace(), what);
    }

    @Override
    public void close() {
        giveBack();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, and the hook runs or has run
        }
    }

    /** Delete the Leases. What cannot be deleted now is deleted by the next run, for it expires. */
    private synchronized void giveBack() {
        closed.countDown();
        for (NamespaceLease lease : held) {
            try {
                lease.delete();
            } catch (KubernetesClientException e) {
                warn("cannot be deleted: " + Refusals.reason(e), lease);
            }
        }
        held.clear();
    }
}
