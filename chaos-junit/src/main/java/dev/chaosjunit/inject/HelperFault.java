// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fault that helpers attached to its pods. */
final class HelperFault implements ActiveFault {
    private static final System.Logger LOG = System.getLogger(HelperFault.class.getName());

    private final Fault fault;
    private final Function<Injection, List<HelperPod>> attach;
    private final List<HelperPod> pods;
    private final Set<Handle> killed = ConcurrentHashMap.newKeySet();
    private boolean on;
    private @Nullable Spread spread;

    /**
     * What is attached at once.
     *
     * @param attach attaches to all pods, or to none
     */
    HelperFault(Injection injection, Function<Injection, List<HelperPod>> attach) {
        this.fault = injection.fault();
        this.attach = attach;
        this.pods = new CopyOnWriteArrayList<>(attach.apply(injection));
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public List<Instance> instances() {
        return pods.stream().map(HelperPod::instance).toList();
    }

    @Override
    public synchronized void on() {
        on = true;
        NodeByNode.forAll(pods, HelperPod::on);
        spread = Spread.of(pods).orElse(null);
    }

    @Override
    public synchronized Optional<Spread> spread() {
        return Optional.ofNullable(spread);
    }

    @Override
    public List<Handle> killed() {
        if (fault.kills().isPresent()) {
            pods.stream().filter(pod -> !killed.contains(pod.life())).forEach(this::lookWhetherKilled);
        }
        return List.copyOf(killed);
    }

    /** A helper that is gone tells no more. */
    private void lookWhetherKilled(HelperPod pod) {
        try {
            if (pod.ended()) {
                killed.add(pod.life());
            }
        } catch (InjectionException e) {
            LOG.log(Level.DEBUG, "whether it was killed", e);
        }
    }

    /** Attaching takes its time: after it, the fault may be over. */
    @Override
    public boolean join(Injection later) {
        List<HelperPod> joining = attach.apply(later);
        boolean joined = false;
        try {
            joined = admit(joining);
        } finally {
            if (!joined) {
                InjectionException.forAll(joining, HelperPod::close); // or its pod would count as hit
            }
        }
        return joined;
    }

    private synchronized boolean admit(List<HelperPod> joining) {
        if (on) {
            joining.forEach(HelperPod::on);
            pods.addAll(joining);
        }
        return on;
    }

    @Override
    public List<Cut> cuts() {
        return pods.stream().map(HelperPod::cut).flatMap(Optional::stream).toList();
    }

    @Override
    public synchronized void off() {
        on = false;
        NodeByNode.forAll(pods, HelperPod::off);
    }

    @Override
    public synchronized List<FaultResult> witnesses() {
        return pods.stream().map(HelperPod::witness).toList();
    }

    @Override
    public synchronized void close() {
        on = false;
        NodeByNode.forAll(pods, HelperPod::close);
    }
}
