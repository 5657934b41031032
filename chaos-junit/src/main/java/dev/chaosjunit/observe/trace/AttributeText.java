// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HexFormat;

/** A value of any of OTLP's types as text: numbers in decimal, bytes in hex, lists as [a, b], maps as {k=v}. */
final class AttributeText {
    private static final int DEEPEST = 8;

    private AttributeText() {}

    /** As text, which ends soon after so many characters. */
    static String of(AnyValue value, int most) {
        if (value.hasStringValue()) {
            return value.getStringValue();
        }
        StringBuilder text = new StringBuilder();
        append(value, text, most, DEEPEST);
        return text.toString();
    }

    private static void append(AnyValue value, StringBuilder text, int most, int deeper) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> text.append(value.getStringValue());
            case BOOL_VALUE -> text.append(value.getBoolValue());
            case INT_VALUE -> text.append(value.getIntValue());
            case DOUBLE_VALUE -> text.append(value.getDoubleValue());
            case BYTES_VALUE -> {
                int size = Math.min(value.getBytesValue().size(), most);
                text.append(HexFormat.of()
                        .formatHex(value.getBytesValue().substring(0, size).toByteArray()));
            }
            case ARRAY_VALUE -> list(value, text, most, deeper);
            case KVLIST_VALUE -> map(value, text, most, deeper);
            default -> {}
        }
    }

    private static void list(AnyValue value, StringBuilder text, int most, int deeper) {
        String separator = "";
        text.append('[');
        for (AnyValue element : value.getArrayValue().getValuesList()) {
            if (deeper == 0 || text.length() > most) {
                text.append("...");
                break;
            }
            text.append(separator);
            append(element, text, most, deeper - 1);
            separator = ", ";
        }
        text.append(']');
    }

    private static void map(AnyValue value, StringBuilder text, int most, int deeper) {
        String separator = "";
        text.append('{');
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
            if (deeper == 0 || text.length() > most) {
                text.append("...");
                break;
            }
            text.append(separator).append(entry.getKey()).append('=');
            append(entry.getValue(), text, most, deeper - 1);
            separator = ", ";
        }
        text.append('}');
    }
}
