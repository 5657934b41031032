// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** Takes in what pods tell of themselves, if anybody wants that. A runtime asks it once, before pods start. */
public interface Collector {

    /** Nobody does. */
    Collector NONE = new Collector() {
        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public Exporting listen(String address) {
            return Exporting.NONE;
        }

        @Override
        public Exporting elsewhere() {
            return Exporting.NONE;
        }
    };

    boolean isWanted();

    /**
     * Listen on an address of this machine, from now on until it is closed by who made it.
     *
     * @param address as pods reach it
     */
    Exporting listen(String address);

    /**
     * Where pods export that cannot reach this machine.
     *
     * @throws RuntimeUnavailableException if it is wanted and nobody has said that
     */
    Exporting elsewhere();
}
