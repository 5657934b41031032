// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodLog;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.stream.Collectors;

/** A pod of a workload: its name, its address and its network, through one life of its process after another. */
final class Pod {

    /** The name of a pod's interface, seen from inside. */
    static final String DEVICE = "eth0";

    private final int index;
    private final String name;
    private final Workload workload;
    private final String address;
    private final PodLog log;
    private volatile PodProcess process;

    Pod(int index, String name, Workload workload, String address, PodLog log, PodProcess first) {
        this.index = index;
        this.name = name;
        this.workload = workload;
        this.address = address;
        this.log = log;
        this.process = first;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    Workload workload() {
        return workload;
    }

    /** The one that it runs. */
    ContainerSpec container() {
        return workload.pod().containers().get(0);
    }

    String address() {
        return address;
    }

    /** Of all its lives. */
    PodLog log() {
        return log;
    }

    /** Its present life, or its last one. */
    PodProcess process() {
        return process;
    }

    /** Begin the next life. */
    void lives(PodProcess next) {
        process = next;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.alive();
    }

    boolean ready() {
        return process.ready();
    }

    Instance instance() {
        return new Instance(
                name,
                name,
                workload.name(),
                workload.labels(),
                address,
                new Handle.LocalProcess(pid()),
                DEVICE,
                workload.pod().ports().stream().collect(Collectors.toMap(ContainerPort::name, ContainerPort::number)));
    }
}
