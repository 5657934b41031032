// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static dev.chaosjunit.cluster.manifest.reader.Findings.UNSUPPORTED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets through of an object what its schema supports, and says what becomes of the rest. */
final class FieldCheck {
    private final Findings findings;

    FieldCheck(Findings findings) {
        this.findings = findings;
    }

    /** The object without what is not supported, of a wrong type, empty or without effect. */
    Field check(Field object, Schema schema) {
        return map(object, schema);
    }

    /** A field without a value is none, as in Kubernetes. */
    private boolean isNothing(Field field) {
        return field.scalar().filter(Scalar::isNull).isPresent();
    }

    private Optional<Field> value(Field field, Schema schema) {
        if (!schema.hasEffect()) {
            findings.withoutEffect(field.place().pattern(), field.place());
        }
        Optional<FieldType> type = schema.type();
        if (schema.isAny()) {
            return Optional.empty();
        }
        if (type.isPresent() && field.scalar().isPresent()) {
            return scalar(field, type.get(), field.scalar().get());
        }
        if (type.isEmpty()
                && schema.isList() == field.isList()
                && field.scalar().isEmpty()) {
            return Optional.of(schema.isList() ? list(field, schema) : map(field, schema));
        }
        findings.problem(
                field.place(),
                "must be " + (type.isPresent() ? "a single value" : schema.isList() ? "a list" : "a map") + ", not "
                        + field.scalar().map(Scalar::toString).orElse(field.isList() ? "a list" : "a map"));
        return Optional.empty();
    }

    private Optional<Field> scalar(Field field, FieldType type, Scalar scalar) {
        Optional<String> complaint = type.complaint(scalar);
        complaint.ifPresent(reason -> findings.problem(field.place(), reason));
        return complaint.isEmpty() ? Optional.of(field) : Optional.empty();
    }

    private Field list(Field field, Schema schema) {
        List<Field> items = new ArrayList<>();
        Schema item = schema.item().orElseThrow();
        field.items().forEach(one -> value(one, item).ifPresent(items::add));
        return new Field(field.place(), items, Set.of());
    }

    private Field map(Field field, Schema schema) {
        Map<String, Field> kept = new LinkedHashMap<>();
        Set<String> refused = new LinkedHashSet<>();
        field.fields().forEach((name, value) -> {
            Optional<Schema> known = schema.field(name);
            if (known.isEmpty()) {
                findings.unsupported(value.place(), UNSUPPORTED);
                refused.add(name);
            } else if (!isNothing(value)) {
                value(value, known.get()).ifPresentOrElse(good -> kept.put(name, good), () -> refused.add(name));
            }
        });
        return new Field(field.place(), kept, refused);
    }
}
