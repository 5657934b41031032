// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import com.google.protobuf.ByteString;
import dev.chaosjunit.load.ChaosMark;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultPeriod;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Stage;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What spans, log records and metrics of one experiment share: who sends them, its ids, its times. */
record TelemetryNames(ExperimentResult result) {
    static final String ID = "chaos.id";
    static final String TYPE = "chaos.type";

    /** The id that requests carried while the faults were on. */
    String faultId() {
        return ChaosMark.id(result.id(), Stage.FAULT.toString());
    }

    /** The type that they carried with it; empty where no fault came to be on. */
    String faultType() {
        return ChaosMark.type(result.periods().stream().map(FaultPeriod::kind).toList());
    }

    /** What a fault did, pod by pod. */
    List<FaultResult> pods(FaultPeriod period) {
        return result.faults().stream()
                .filter(pod -> pod.fault().equals(period.fault()))
                .toList();
    }

    /** 16 bytes that no other run has. */
    ByteString trace() {
        return digest("").substring(0, 16);
    }

    /** 8 bytes for a part of the trace. */
    ByteString span(String part) {
        return digest(part).substring(0, 8);
    }

    /** The part of the trace that a window is. */
    static String part(Stage window) {
        return "chaos.window " + window;
    }

    private ByteString digest(String part) {
        String what = result.id() + '\n' + result.started() + '\n' + result.seed() + '\n' + part;
        try {
            return ByteString.copyFrom(
                    MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    /** Nanoseconds since 1970 of a moment, which is given in milliseconds from the experiment's start. */
    long nanos(double ms) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, result.started()) + Math.round(ms * 1e6);
    }

    Resource resource() {
        return Resource.newBuilder()
                .addAttributes(text("service.name", "chaos-junit"))
                .build();
    }

    static InstrumentationScope scope() {
        return InstrumentationScope.newBuilder().setName("dev.chaosjunit").build();
    }

    static KeyValue text(String key, String value) {
        return pair(key, AnyValue.newBuilder().setStringValue(value));
    }

    static KeyValue number(String key, long value) {
        return pair(key, AnyValue.newBuilder().setIntValue(value));
    }

    static KeyValue texts(String key, List<String> values) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        values.forEach(value -> array.addValues(AnyValue.newBuilder().setStringValue(value)));
        return pair(key, AnyValue.newBuilder().setArrayValue(array));
    }

    private static KeyValue pair(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
