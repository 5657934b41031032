// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** Query types a DNS fault can be confined to. */
public enum DnsType {
    A,
    AAAA,
    CNAME,
    MX,
    TXT,
    SRV,
    PTR
}
