// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

/**
 * Where a field stands.
 *
 * @param origin the file or resource
 * @param title the object, such as {@code Deployment/user-api}
 * @param path such as {@code spec.template.spec.containers[0].image}; empty for the object
 * @param line from 1
 */
record Place(String origin, String title, String path, int line) {

    Place below(String key, int keyLine) {
        return new Place(origin, title, path.isEmpty() ? key : path + "." + key, keyLine);
    }

    Place item(int index, int itemLine) {
        return new Place(origin, title, path + "[" + index + "]", itemLine);
    }

    /** The path without indexes: the same for all items of a list. */
    String pattern() {
        return path.replaceAll("\\[\\d+]", "");
    }

    /** Such as {@code shop.yaml:12}. */
    String position() {
        return origin + ":" + line;
    }

    @Override
    public String toString() {
        return position() + ": " + title + (path.isEmpty() ? ":" : ": " + path);
    }
}
