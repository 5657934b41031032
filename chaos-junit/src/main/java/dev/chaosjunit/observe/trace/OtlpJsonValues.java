// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Attributes and numbers of OTLP's JSON. Long numbers are text there, as JavaScript has none; numbers do as well. */
final class OtlpJsonValues {
    private OtlpJsonValues() {}

    static List<KeyValue> attributes(JsonNode list) {
        List<KeyValue> attributes = new ArrayList<>();
        for (JsonNode entry : list) {
            attributes.add(KeyValue.newBuilder()
                    .setKey(entry.path("key").asText())
                    .setValue(value(entry.path("value")))
                    .build());
        }
        return attributes;
    }

    /** 0 where the field is not there. */
    static long number(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        if (node.isTextual()) {
            return Long.parseUnsignedLong(node.asText());
        }
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException("no number: " + node.getNodeType());
        }
        return node.longValue();
    }

    private static AnyValue value(JsonNode node) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (node.has("stringValue")) {
            value.setStringValue(node.get("stringValue").asText());
        } else if (node.has("boolValue")) {
            value.setBoolValue(node.get("boolValue").asBoolean());
        } else if (node.has("intValue")) {
            value.setIntValue(node.get("intValue").asLong());
        } else if (node.has("doubleValue")) {
            value.setDoubleValue(node.get("doubleValue").asDouble());
        } else if (node.has("bytesValue")) {
            value.setBytesValue(ByteString.copyFrom(
                    Base64.getDecoder().decode(node.get("bytesValue").asText())));
        } else if (node.has("arrayValue")) {
            ArrayValue.Builder array = value.getArrayValueBuilder();
            node.get("arrayValue").path("values").forEach(element -> array.addValues(value(element)));
        } else if (node.has("kvlistValue")) {
            value.setKvlistValue(KeyValueList.newBuilder()
                    .addAllValues(attributes(node.get("kvlistValue").path("values"))));
        }
        return value.build();
    }
}
