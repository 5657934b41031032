// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.kubernetes.Refusals;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The Leases of a run and their guards, one in each namespace that it uses, renewed as long as this JVM lives. */
final class Leases implements AutoCloseable {
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final List<Hold> held = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread shutdownHook = new Thread(this::giveBack, "chaos-leases-shutdown");
    private long answeredNanos = System.nanoTime();

    private Leases() {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Take them when it is our turn, in alphabetical order: two runs never wait for each other.
     *
     * @param image named by the guards
     */
    static Leases take(KubernetesClient client, Collection<String> namespaces, String run, String image) {
        Leases leases = new Leases();
        leases.renewInBackground();
        try {
            for (String namespace : new TreeSet<>(namespaces)) {
                leases.held.add(Hold.take(client, namespace, run, image));
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
                .filter(hold -> hold.namespace().equals(namespace))
                .findFirst()
                .map(Hold::owner)
                .orElseThrow(() -> new ClusterException("this run has no Lease in namespace " + namespace));
    }

    /** Completes when one of the namespaces is not ours any more, and says why. */
    CompletableFuture<String> lost() {
        return lost;
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

    /** A server that does not answer may do so in five seconds; after the Lease's life all is lost. */
    private synchronized void renew(Hold hold) {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            hold.renew()
                    .ifPresent(why -> lose("the run has lost namespace " + hold.namespace()
                            + ", and with it all that it had made there: " + why));
            answeredNanos = System.nanoTime();
        } catch (KubernetesClientException e) {
            if (System.nanoTime() - answeredNanos > NamespaceLease.LIFE.toNanos()) {
                lose("the Lease in namespace " + hold.namespace() + " cannot be renewed for "
                        + NamespaceLease.LIFE.toSeconds() + " s, so that the cluster takes all away that the run made: "
                        + Refusals.reason(e));
            }
        }
    }

    private void lose(String why) {
        if (lost.complete(why)) {
            System.out.println("[kubeconfig] " + why);
        }
    }

    private static void warn(String what, Hold hold) {
        System.getLogger(Leases.class.getName())
                .log(System.Logger.Level.WARNING, "the Lease in namespace {0} {1}", hold.namespace(), what);
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

    /** Delete the Leases. What cannot be deleted now goes by itself, for it expires. */
    private synchronized void giveBack() {
        closed.countDown();
        for (Hold hold : held) {
            try {
                hold.delete();
            } catch (KubernetesClientException e) {
                warn("cannot be deleted: " + Refusals.reason(e), hold);
            }
        }
        held.clear();
    }
}
