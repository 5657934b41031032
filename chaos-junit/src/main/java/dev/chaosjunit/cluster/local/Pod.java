// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodLog;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pod of a workload: its name, its address and its network, and the containers that share them. */
final class Pod {

    /** The name of a pod's interface, seen from inside. */
    static final String DEVICE = "eth0";

    private final int index;
    private final PodName id;
    private final Workload workload;
    private final String address;
    private final PodLog log;
    private final List<Container> initContainers;
    private final List<Container> containers;

    Pod(int index, PodName id, Workload workload, String address, PodLog log) {
        this.index = index;
        this.id = id;
        this.workload = workload;
        this.address = address;
        this.log = log;
        initContainers = workload.pod().initContainers().stream()
                .map(spec -> new Container(this, spec, true))
                .toList();
        containers = workload.pod().containers().stream()
                .map(spec -> new Container(this, spec, false))
                .toList();
    }

    int index() {
        return index;
    }

    PodName id() {
        return id;
    }

    /** For messages. */
    String title() {
        return id.title();
    }

    Workload workload() {
        return workload;
    }

    String address() {
        return address;
    }

    /** Of all its containers, in all their lives. */
    PodLog log() {
        return log;
    }

    /** Those that run one after another before the others start. */
    List<Container> initContainers() {
        return initContainers;
    }

    /** Those that run side by side; a fault in a process is one in the first of them. */
    List<Container> containers() {
        return containers;
    }

    /** Init containers and the others, in the order they start. */
    Stream<Container> allContainers() {
        return Stream.concat(initContainers.stream(), containers.stream());
    }

    /** Whether a container that ended, having done what it is for or not, is started again. */
    boolean startsAgainAfter(boolean success) {
        boolean onFailure = workload.pod().restartPolicy() == RestartPolicy.ON_FAILURE
                || workload.kind() == Workload.Kind.JOB; // which replaces a pod that is not started again itself
        return workload.pod().restartPolicy() == RestartPolicy.ALWAYS || (onFailure && !success);
    }

    /** Whether it was started at all: its turn may come later. */
    boolean hasBegun() {
        return allContainers().anyMatch(container -> container.life().isPresent());
    }

    /** Whether the process that faults are for runs. */
    boolean runs() {
        return containers.get(0).life().filter(PodProcess::runs).isPresent();
    }

    boolean ready() {
        return containers.stream().allMatch(Container::ready);
    }

    /** Whether it did what it is for, and ended: a Job's. */
    boolean isDone() {
        return containers.stream().allMatch(Container::isDone);
    }

    Instance instance() {
        return new Instance(
                id.name(),
                id.uid(),
                id.namespace(),
                workload.name(),
                workload.labels(),
                address,
                new Handle.LocalProcess(containers.get(0).life().orElseThrow().pid()),
                DEVICE,
                workload.pod().ports().stream()
                        .collect(Collectors.toMap(ContainerPort::name, ContainerPort::number, (one, other) -> one)));
    }
}
