// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.chaosjunit.observe.profile.ProfileParts.Function;
import dev.chaosjunit.observe.profile.ProfileParts.Label;
import dev.chaosjunit.observe.profile.ProfileParts.Line;
import dev.chaosjunit.observe.profile.ProfileParts.RawSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads pprof's profile.proto, packed by gzip. Names stand behind what is named by them, so that all is joined at the end. */
public final class ProfileReader {
    private static final int MOST_UNPACKED = 64 << 20;

    private final CodedInputStream in;
    private final ProfileParts parts = new ProfileParts();

    private ProfileReader(byte[] unpacked) {
        in = CodedInputStream.newInstance(unpacked);
    }

    /**
     * Read a profile.
     *
     * @throws IOException when it is none, is cut off, or is larger than 64 MiB unpacked
     */
    public static Profile read(byte[] packed) throws IOException {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] unpacked = gzip.readNBytes(MOST_UNPACKED);
            if (gzip.read() >= 0) {
                throw new IOException("a profile of more than " + (MOST_UNPACKED >> 20) + " MiB");
            }
            return new ProfileReader(unpacked).read();
        }
    }

    private Profile read() throws IOException {
        fields(field -> {
            switch (field) {
                case 1 -> parts.types.add((int) integers(1)[1]);
                case 2 -> parts.samples.add(sample());
                case 4 -> location();
                case 5 -> function();
                case 6 -> parts.strings.add(in.readString());
                default -> in.skipField(in.getLastTag());
            }
        });
        return parts.joined();
    }

    private RawSample sample() throws IOException {
        RawSample sample = new RawSample(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        message(field -> {
            switch (field) {
                case 1 -> numbers(sample.locations());
                case 2 -> numbers(sample.values());
                case 3 -> sample.labels().add(label());
                default -> in.skipField(in.getLastTag());
            }
        });
        return sample;
    }

    private Label label() throws IOException {
        long[] fields = integers(2);
        return new Label((int) fields[1], (int) fields[2]);
    }

    private void location() throws IOException {
        long[] id = new long[1];
        List<Line> lines = new ArrayList<>();
        message(field -> {
            switch (field) {
                case 1 -> id[0] = in.readUInt64();
                case 4 -> lines.add(line());
                default -> in.skipField(in.getLastTag());
            }
        });
        parts.locations.put(id[0], lines);
    }

    private Line line() throws IOException {
        long[] fields = integers(2);
        return new Line(fields[1], fields[2]);
    }

    private void function() throws IOException {
        long[] fields = integers(4);
        parts.functions.put(fields[1], new Function((int) fields[2], (int) fields[4]));
    }

    /** The first fields of a message of which these are all integers, by their numbers. */
    private long[] integers(int most) throws IOException {
        long[] fields = new long[most + 1];
        message(field -> {
            if (field <= most && WireFormat.getTagWireType(in.getLastTag()) == WireFormat.WIRETYPE_VARINT) {
                fields[field] = in.readInt64();
            } else {
                in.skipField(in.getLastTag());
            }
        });
        return fields;
    }

    private interface Fields {
        void read(int number) throws IOException;
    }

    private void message(Fields fields) throws IOException {
        parts.count();
        int end = in.pushLimit(in.readRawVarint32());
        fields(fields);
        in.popLimit(end);
    }

    private void fields(Fields fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            fields.read(WireFormat.getTagFieldNumber(tag));
        }
    }

    /** Packed into one field, or one of them. */
    private void numbers(List<Long> into) throws IOException {
        if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            parts.count();
            into.add(in.readInt64());
            return;
        }
        int end = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            parts.count();
            into.add(in.readInt64());
        }
        in.popLimit(end);
    }
}
