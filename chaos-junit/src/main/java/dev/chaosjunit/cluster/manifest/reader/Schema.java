// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a kind that are taken, as a list beside this class has them. A line is a path, a {@link FieldType}, and
 * {@code -} where the field can have no effect here. The type {@code any} is whatever it holds, which nobody looks at;
 * {@code =NAME} is what the list of that name says. The generated model classes cannot tell: they keep a misspelt field
 * silently, and know a thousand that we do not act on.
 */
final class Schema {
    private static final String ANY_KEY = "*";
    private static final String ITEM = "[]";

    private final Map<String, Schema> below = new LinkedHashMap<>();
    private @Nullable FieldType type;
    private boolean any;
    private boolean effect = true;

    /** Read {@code NAME.fields}. */
    static Schema of(String name) {
        Schema schema = new Schema();
        lines(name + ".fields").forEach(line -> schema.add(line.split(" +", -1)));
        return schema;
    }

    /** What it says of a field of a map; empty where that is not supported. */
    Optional<Schema> field(String name) {
        return Optional.ofNullable(below.getOrDefault(name, below.get(ANY_KEY)));
    }

    Optional<Schema> item() {
        return Optional.ofNullable(below.get(ITEM));
    }

    Optional<FieldType> type() {
        return Optional.ofNullable(type);
    }

    boolean isList() {
        return below.containsKey(ITEM);
    }

    /** Whether it is taken whatever it holds. */
    boolean isAny() {
        return any;
    }

    boolean hasEffect() {
        return effect;
    }

    private void add(String[] words) {
        Schema end = this;
        for (String name : words[0].replace(ITEM, "." + ITEM).split("\\.", -1)) {
            end.any = false;
            end.effect = true;
            end = end.below.computeIfAbsent(name, key -> new Schema());
        }
        end.effect = words.length < 3;
        if (words[1].startsWith("=")) {
            end.below.putAll(of(words[1].substring(1)).below);
        } else if (words[1].equals("any")) {
            end.any = true;
        } else {
            end.type = FieldType.of(words[1]);
        }
    }

    /** The lines of a resource beside this class, without comments. */
    static Stream<String> lines(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
