// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** What the helper enters a pod's network namespace by. Two lives of a pod never have the same handle. */
public sealed interface Handle {

    /** The machine whose processes are meant; helpers are started per node. */
    String node();

    /**
     * A process of the machine that this JVM runs on.
     *
     * @param pid as this machine numbers it
     */
    record LocalProcess(long pid) implements Handle {
        @Override
        public String node() {
            return "this machine";
        }

        @Override
        public String toString() {
            return "pid " + pid;
        }
    }

    /**
     * A container of a Kubernetes node.
     *
     * @param node the node's name
     * @param id 64 hexadecimal digits, without the runtime's name
     */
    record Container(String node, String id) implements Handle {
        private static final int SHOWN = 12;

        @Override
        public String toString() {
            return "container " + id.substring(0, Math.min(SHOWN, id.length()));
        }
    }
}
