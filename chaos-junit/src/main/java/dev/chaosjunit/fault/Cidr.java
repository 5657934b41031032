// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.math.BigInteger;

/**
 * A block of IP addresses.
 *
 * @param address a literal address; a name is refused, so that nothing is ever looked up
 * @param prefix leading bits that count: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(String address, int prefix) {

    public Cidr {
        int bits = Address.parse(address).length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "\"" + address + "/" + prefix + "\" is no CIDR block: the prefix length must be 0 to " + bits);
        }
    }

    /**
     * Parse {@code "198.18.0.0/24"}, {@code "fd00::/64"} or a single address.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Cidr(text, Address.parse(text).length * 8);
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + text + "\" is no CIDR block: expected one such as 198.18.0.0/24");
        }
        return new Cidr(text.substring(0, slash), Integer.parseInt(prefix));
    }

    /** Whether some address is in both blocks. */
    public boolean overlaps(Cidr other) {
        byte[] mine = Address.parse(address);
        byte[] others = Address.parse(other.address);
        int unused = mine.length * 8 - Math.min(prefix, other.prefix);
        return mine.length == others.length
                && new BigInteger(1, mine).shiftRight(unused).equals(new BigInteger(1, others).shiftRight(unused));
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
