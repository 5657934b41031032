// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Makes up profiles as pprof writes them, field by field. */
public final class ProfileBytes {
    private final List<String> strings = new ArrayList<>(List.of(""));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CodedOutputStream fields = CodedOutputStream.newInstance(out);
    private long functions;

    /** What writes a message, or a part of it. */
    interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    /** With these types of values. */
    public ProfileBytes(String... types) {
        for (String type : types) {
            message(1, to -> to.writeInt64(1, string(type)));
        }
    }

    /** A sample whose stack has these functions, innermost first; {@code main.f@/main.go:7} says where. */
    public ProfileBytes sample(List<Long> values, Map<String, String> labels, String... stack) {
        List<Long> locations = new ArrayList<>();
        for (String call : stack) {
            long id = ++functions;
            String[] parts = (call + "@/src/main.go:" + (10 + id)).split("[@:]", -1);
            message(5, to -> {
                to.writeUInt64(1, id);
                to.writeInt64(2, string(parts[0]));
                to.writeInt64(4, string(parts[1]));
            });
            message(4, to -> {
                to.writeUInt64(1, id);
                part(to, 4, line -> {
                    line.writeUInt64(1, id);
                    line.writeInt64(2, Long.parseLong(parts[2]));
                });
            });
            locations.add(id);
        }
        return raw(locations, values, labels);
    }

    /** A sample at locations by their numbers, whether they are there or not. */
    ProfileBytes raw(List<Long> locations, List<Long> values, Map<String, String> labels) {
        message(2, to -> {
            for (long location : locations) {
                to.writeUInt64(1, location); // not packed, as old programs do
            }
            part(to, 2, packed -> {
                for (long value : values) {
                    packed.writeInt64NoTag(value);
                }
            });
            for (var label : labels.entrySet()) {
                part(to, 3, pair -> {
                    pair.writeInt64(1, string(label.getKey()));
                    pair.writeInt64(2, string(label.getValue()));
                });
            }
        });
        return this;
    }

    ProfileBytes message(int field, Writing writing) {
        try {
            part(fields, field, writing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static void part(CodedOutputStream to, int field, Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream part = CodedOutputStream.newInstance(bytes);
        writing.to(part);
        part.flush();
        to.writeByteArray(field, bytes.toByteArray());
    }

    private long string(String text) {
        if (!strings.contains(text)) {
            strings.add(text);
        }
        return strings.indexOf(text);
    }

    /** Packed by gzip. */
    public byte[] bytes() {
        try {
            for (String text : strings) {
                fields.writeString(6, text);
            }
            fields.flush();
            return gzip(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read again. */
    public Profile profile() {
        try {
            return ProfileReader.read(bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
