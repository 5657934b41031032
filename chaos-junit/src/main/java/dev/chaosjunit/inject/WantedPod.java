// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

/**
 * A pod that a helper is to attach a fault to.
 *
 * @param id what the helper calls that by; no other has it
 */
record WantedPod(String id, Target target) {
    String node() {
        return target.instance().handle().node();
    }
}
