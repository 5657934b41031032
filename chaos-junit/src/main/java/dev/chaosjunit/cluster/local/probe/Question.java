// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import dev.chaosjunit.cluster.manifest.Probe.Check;
import dev.chaosjunit.cluster.manifest.Probe.Exec;
import dev.chaosjunit.cluster.manifest.Probe.Grpc;
import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.time.Duration;

/** A check of a container that can be asked again and again. Each has a connection or a process of its own. */
@FunctionalInterface
public interface Question {

    /**
     * Ask once.
     *
     * @param connect how long it may take to connect
     * @param all how long it may take in all
     */
    Answer ask(Duration connect, Duration all) throws InterruptedException;

    /** The same, with no other limit. */
    default Answer ask(Duration all) throws InterruptedException {
        return ask(all, all);
    }

    /**
     * A container's check.
     *
     * @param route to its pod
     * @param commands runs what a check says in the container
     */
    static Question of(Check check, Route route, Commands commands) {
        if (check instanceof HttpGet get) {
            return new HttpQuestion(get, route);
        }
        if (check instanceof Grpc grpc) {
            return new GrpcQuestion(grpc, route);
        }
        if (check instanceof Exec exec) {
            return new ExecQuestion(exec.command(), commands);
        }
        return new TcpQuestion(((TcpSocket) check).port(), route);
    }
}
