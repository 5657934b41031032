// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** Puts faults onto nothing: a test says how often they hit, and when what injects them is gone. */
final class FakeInjector implements Injector {
    final List<String> asked = new ArrayList<>();
    final List<Handle> killed = new ArrayList<>();
    final List<Cut> cuts = new ArrayList<>();
    final CompletableFuture<Supplier<String>> lost = new CompletableFuture<>();

    /** How often a fault hits, by how many were attached before it and with it. */
    LongUnaryOperator hits = attached -> 400;

    boolean on;
    boolean failsToLift;
    private boolean dead;

    /** From now on nothing can be asked of it, and word of that goes round. */
    void die() {
        dead = true;
        lost.complete(() -> "the agent ended, and its faults with it: fake");
    }

    /** The same, but nobody has heard of it yet. */
    void dieSilently() {
        dead = true;
    }

    @Override
    public List<ActiveFault> attach(List<Injection> injections) {
        ask("attach");
        return injections.stream().<ActiveFault>map(Active::new).toList();
    }

    @Override
    public CompletableFuture<Supplier<String>> lost() {
        return lost;
    }

    @Override
    public void close() {
        asked.add("close");
    }

    private void ask(String what) {
        asked.add(what);
        if (dead) {
            throw new InjectionException(Cause.FAILURE, "the agent is gone");
        }
    }

    private final class Active implements ActiveFault {
        private final Injection injection;
        private final long number = asked.stream().filter("attach"::equals).count();

        Active(Injection injection) {
            this.injection = injection;
        }

        @Override
        public Fault fault() {
            return injection.fault();
        }

        @Override
        public List<Instance> instances() {
            return injection.targets().stream().map(target -> target.instance()).toList();
        }

        @Override
        public void on() {
            ask("on");
            on = true;
        }

        @Override
        public boolean join(Injection later) {
            return false;
        }

        @Override
        public List<Cut> cuts() {
            return List.copyOf(cuts);
        }

        @Override
        public List<Handle> killed() {
            return List.copyOf(killed);
        }

        @Override
        public void off() {
            on = false;
            ask("off");
            if (failsToLift) {
                throw new InjectionException(Cause.FAILURE, "no such fault");
            }
        }

        @Override
        public List<FaultResult> witnesses() {
            ask("witnesses");
            long hit = hits.applyAsLong(number);
            return instances().stream()
                    .map(pod -> FaultResult.of(fault().describe(), pod.name(), fault().unit())
                            .mechanism("fake")
                            .counters(new Counters(500, hit, hit, 0, 0, null, hit))
                            .witness(hit > 0 ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                            .build())
                    .toList();
        }

        @Override
        public void close() {
            asked.add("detach");
        }
    }
}
