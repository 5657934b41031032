// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one kind that the runtime acts on, with their types. The generated model classes cannot tell: they keep
 * a misspelt field silently, and know a thousand that we do not implement.
 */
final class SupportedFields {

    private final Map<String, String> types = new HashMap<>();
    private final Set<String> parents = new HashSet<>(Set.of(""));

    private SupportedFields(String list) {
        list.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    }

    /** Read the list that lies beside this class. */
    static SupportedFields of(String resource) {
        try (InputStream in = SupportedFields.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new SupportedFields(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuse the document if it holds a field that is not listed, or one of another type. */
    void check(Document document) {
        checkMap(document, "", "", document.fields());
    }

    private void add(String line) {
        String[] words = line.strip().split(" +", 2);
        types.put(words[0], words[1]);
        for (int dot = words[0].indexOf('.'); dot >= 0; dot = words[0].indexOf('.', dot + 1)) {
            parents.add(words[0].substring(0, dot));
        }
    }

    private void checkMap(Document document, String pattern, String path, Map<?, ?> map) {
        map.forEach((key, value) -> {
            String known = join(pattern, types.containsKey(join(pattern, "*")) ? "*" : String.valueOf(key));
            checkValue(document, known, join(path, String.valueOf(key)), value);
        });
    }

    private void checkValue(Document document, String pattern, String path, @Nullable Object value) {
        boolean list = parents.contains(pattern + "[]") || types.containsKey(pattern + "[]");
        String type = types.get(pattern);
        if (type == null && !list && !parents.contains(pattern)) {
            throw document.unsupported(path);
        }
        if (value == null) {
            return;
        }
        if (type != null) {
            checkScalar(document, path, type, value);
        } else if (list && value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                checkValue(document, pattern + "[]", path + "[" + i + "]", items.get(i));
            }
        } else if (!list && value instanceof Map<?, ?> map) {
            checkMap(document, pattern, path, map);
        } else {
            throw document.refuse(path, "must be a " + (list ? "list" : "map") + ", not " + quote(value));
        }
    }

    private static void checkScalar(Document document, String path, String type, Object value) {
        boolean text = value instanceof String;
        boolean integer = value instanceof Integer;
        boolean good = switch (type) {
            case "text" -> text;
            case "integer" -> integer;
            default -> text || integer;
        };
        if (!good) {
            String hint = "text".equals(type) && !(value instanceof Map) ? "; put it in quotes" : "";
            throw document.refuse(path, "must be " + type.replace('|', ' ') + ", not " + quote(value) + hint);
        }
    }

    private static String quote(Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
