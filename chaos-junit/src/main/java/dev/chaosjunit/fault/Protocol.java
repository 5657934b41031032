// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** Transport of the packets that are meant. */
public enum Protocol {
    ANY,
    TCP,
    UDP
}
