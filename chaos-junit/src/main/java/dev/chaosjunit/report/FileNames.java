// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

/** File names and page anchors of experiments. */
final class FileNames {
    private static final int LONGEST = 150;

    private FileNames() {}

    /** The id itself where it is a plain file name; otherwise a plain one that no other id shares. */
    static String of(String id) {
        String plain = id.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        if (plain.equals(id) && !id.isEmpty() && id.length() <= LONGEST) {
            return id;
        }
        return plain.substring(0, Math.min(LONGEST, plain.length())) + "-" + Integer.toHexString(id.hashCode());
    }
}
