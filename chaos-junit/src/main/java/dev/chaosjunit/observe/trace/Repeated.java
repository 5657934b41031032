// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

/**
 * One copy of strings that come again and again, as names of services and of attributes. It never grows: a place that
 * is taken is given to the newer string. Threads may race for a place, which costs a copy and nothing else.
 */
final class Repeated {
    private static final int PLACES = 1 << 13;
    private static final int LONGEST = 256;

    private final String[] places = new String[PLACES];

    /** An equal string, the one that was seen before where there is one. */
    String one(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String seen = places[place];
        if (text.equals(seen)) {
            return seen;
        }
        places[place] = text;
        return text;
    }
}
