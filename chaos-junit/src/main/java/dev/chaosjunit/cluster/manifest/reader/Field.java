// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A field of a document with all that is in it. Readers see only those that a {@link Schema} has let through. */
final class Field {
    private final Place place;
    private final Object value;
    private final Set<String> refused;

    /**
     * Make one.
     *
     * @param value a {@link Scalar}, a list of fields or a map of them
     * @param refused names of fields that were there, and about which all is said
     */
    Field(Place place, Object value, Set<String> refused) {
        this.place = place;
        this.value = value;
        this.refused = refused;
    }

    Place place() {
        return place;
    }

    Optional<Scalar> scalar() {
        return value instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    boolean isList() {
        return value instanceof List;
    }

    /** Its fields by name; none unless it is a map. */
    Map<String, Field> fields() {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put((String) key, (Field) field));
        }
        return fields;
    }

    /** Its items; none unless it is a list. */
    List<Field> items() {
        return value instanceof List<?> list
                ? list.stream().map(Field.class::cast).toList()
                : List.of();
    }

    Optional<Field> at(String name) {
        return Optional.ofNullable(fields().get(name));
    }

    /** Whether it is not there, nor was when the document was read. */
    boolean lacks(String name) {
        return at(name).isEmpty() && !refused.contains(name);
    }

    List<Field> list(String name) {
        return at(name).map(Field::items).orElse(List.of());
    }

    List<String> texts(String name) {
        return list(name).stream().map(Field::text).toList();
    }

    Map<String, String> map(String name) {
        return at(name).map(Field::fields).orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text(), (a, b) -> b, LinkedHashMap::new));
    }

    String text() {
        return scalar().map(Scalar::text).orElse("");
    }

    String text(String name, String fallback) {
        return at(name).map(Field::text).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        return at(name).flatMap(Field::scalar).map(Scalar::isTrue).orElse(fallback);
    }

    Optional<Long> integer(String name) {
        return at(name).flatMap(Field::scalar).flatMap(Scalar::integer);
    }

    int integer(String name, int fallback) {
        return Math.toIntExact(integer(name).orElse((long) fallback));
    }

    /** A quantity in thousandths, rounded up. */
    OptionalLong thousandths(String name) {
        return at(name).map(field -> Quantities.thousandths(field.text())).orElse(OptionalLong.empty());
    }

    /** A quantity, rounded up. */
    OptionalLong whole(String name) {
        return at(name).map(field -> Quantities.whole(field.text())).orElse(OptionalLong.empty());
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
