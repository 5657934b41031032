// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a kill may hit, how it is found among the processes of a run, and by which word a verdict names it. */
enum Victim {
    JVM("the JVM", null, (process, run) -> process.name().equals("java") && !run.has(process.parent())),
    AGENT(
            "the agent",
            "agent",
            (process, run) -> isAgent(process) && process.arguments().contains("--parent")),
    KEEPER(
            "the keeper",
            "keeper",
            (process, run) -> isAgent(process) && process.arguments().contains(" keep ")),
    STRESS(
            "a process of a stress",
            "a worker was ended",
            (process, run) ->
                    Set.of("chaos-stress", "chaos-cpu", "chaos-memory").contains(process.name())),
    POD("the pod's process", null, (process, run) -> run.isPodUnshare(process.parent())),
    POD_UNSHARE("the pod's unshare", null, (process, run) -> run.isPodUnshare(process.pid())),
    POD_NSENTER(
            "the pod's nsenter",
            null,
            (process, run) -> run.children(process.pid()).anyMatch(child -> run.isPodUnshare(child.pid()))),
    NODE_UNSHARE("the node's unshare", "node", (process, run) -> run.isNodeUnshare(process.pid())),
    NODE_INIT("the node's init", "node", (process, run) -> run.isNodeUnshare(process.parent())),
    GUARDIAN("the guardian", "guardian|node", (process, run) -> run.isGuardian(process.pid())),
    GUARDIAN_SLEEP(
            "the guardian's sleep",
            null,
            (process, run) -> process.name().equals("sleep") && run.isGuardian(process.parent())),
    NODE_AGENT(
            "an agent in the node",
            "agent|node",
            (process, run) -> isAgent(process) && process.arguments().equals("/chaos-agent")),
    NODE_CONTAINER(
            "the node's container",
            "node",
            (process, run) -> process.name().equals("k3s") && !run.has(process.parent())),
    CONTAINERD("containerd", "containerd|node", (process, run) -> process.name().equals("containerd")),
    KUBELET("the kubelet", "kubelet|node", (process, run) -> process.name().equals("kubelet")),
    K3S_POD(
            "a pod's process on k3s",
            null,
            (process, run) ->
                    Set.of("user-api", "auth-service", "uring-reader", "cache").contains(process.name()));

    private static final Set<Victim> ON_ANY = EnumSet.of(JVM, STRESS);
    private static final Set<Victim> IN_NODES = EnumSet.of(NODE_AGENT, NODE_CONTAINER, CONTAINERD, KUBELET, K3S_POD);

    private final String words;
    private final Pattern named;

    @SuppressWarnings("ImmutableEnumChecker") // what it is made of holds nothing
    private final BiPredicate<RunProcess, Run> is;

    Victim(String words, @Nullable String named, BiPredicate<RunProcess, Run> is) {
        this.words = words;
        this.named = Pattern.compile(named == null ? "" : named);
        this.is = is;
    }

    /** Whom a run of an experiment on a runtime has; those for few experiments are on the list of these only. */
    static List<Victim> on(boolean k3s, Class<?> experiment) {
        boolean stress = Set.<Class<?>>of(KillCases.CpuStressTestCase.class, KillCases.MemoryStressTestCase.class)
                .contains(experiment);
        return Stream.of(values())
                .filter(victim -> ON_ANY.contains(victim) || k3s == IN_NODES.contains(victim))
                .filter(victim -> victim != KEEPER || experiment == KillCases.UringTestCase.class)
                .filter(victim -> victim != STRESS || stress)
                .toList();
    }

    List<RunProcess> among(List<RunProcess> processes) {
        Run run = new Run(processes);
        return processes.stream().filter(process -> is.test(process, run)).toList();
    }

    /** Whether its end must make a run inconclusive: neither the services' nor the JVM's. */
    boolean isOurs() {
        return !named.pattern().isEmpty();
    }

    /** Whether its end is that of a service's program. */
    boolean isPod() {
        return this == POD || this == POD_UNSHARE || this == K3S_POD;
    }

    boolean isNamedIn(String text) {
        return named.matcher(text).find();
    }

    @Override
    public String toString() {
        return words;
    }

    private static boolean isAgent(RunProcess process) {
        return process.name().equals("chaos-agent");
    }

    private static boolean isGuardianShell(RunProcess process) {
        return process.arguments().contains("chaos-junit-node")
                && Set.of("sh", "dash", "bash").contains(process.name());
    }

    /** How the processes of a run are related. */
    private record Run(List<RunProcess> processes) {
        boolean has(long pid) {
            return processes.stream().anyMatch(process -> process.pid() == pid);
        }

        Stream<RunProcess> children(long pid) {
            return processes.stream().filter(process -> process.parent() == pid);
        }

        /** The shell of the node's script that is not a part of another one. */
        boolean isGuardian(long pid) {
            Set<Long> shells = processes.stream()
                    .filter(Victim::isGuardianShell)
                    .map(RunProcess::pid)
                    .collect(Collectors.toSet());
            return shells.contains(pid)
                    && processes.stream()
                            .filter(process -> process.pid() == pid)
                            .noneMatch(process -> shells.contains(process.parent()));
        }

        boolean isNodeUnshare(long pid) {
            return isUnshareBelow(pid, Victim::isGuardianShell);
        }

        boolean isPodUnshare(long pid) {
            return isUnshareBelow(pid, parent -> parent.name().equals("nsenter"));
        }

        private boolean isUnshareBelow(long pid, Predicate<RunProcess> parent) {
            return processes.stream()
                    .filter(process -> process.pid() == pid && process.name().equals("unshare"))
                    .anyMatch(process -> processes.stream()
                            .anyMatch(other -> other.pid() == process.parent() && parent.test(other)));
        }
    }
}
