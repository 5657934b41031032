// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What a pod gets for an answer. */
public enum DnsAction {
    /** The name does not exist. */
    NXDOMAIN,
    /** The server failed. */
    SERVFAIL,
    /** The server refuses. */
    REFUSED,
    /** The addresses given by {@code ip}; a family without one gets an empty answer. */
    SPOOF,
    /** An address drawn by the seed. */
    RANDOM,
    /** No answer: the resolver times out. */
    DROP
}
