// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A store of spans")
class SpanStoreTests {
    @Test
    @DisplayName("keeps the first of a flood of a million, and counts the others by service")
    void flood() {
        SpanStore store = new SpanStore(10_000, SpanStore.BYTES);
        SpanIntake intake = new SpanIntake(store);
        ExportTraceServiceRequest loud = OtlpRequests.spans("loud", 1_000);
        intake.take(OtlpRequests.spans("quiet", 5));
        long rejected = 0;
        for (int i = 0; i < 1_000; i++) {
            rejected += intake.take(loud).getPartialSuccess().getRejectedSpans();
        }

        Received received = store.received();
        assertThat(received.kept()).isEqualTo(10_000);
        assertThat(received.dropped()).containsOnlyKeys("loud").containsValue(990_005L);
        assertThat(rejected).isEqualTo(990_005);
        assertThat(store.snapshot().services()).contains("quiet");
    }

    @Test
    @DisplayName("is full as well when spans are few and large")
    void bytes() {
        SpanStore store = new SpanStore(10_000, 100_000);
        ScopeSpans.Builder large = ScopeSpans.newBuilder();
        for (int id = 1; id <= 100; id++) {
            large.addSpans(OtlpRequests.span(id).addAttributes(OtlpRequests.attribute("body", "x".repeat(1_000))));
        }
        ExportTraceServiceResponse answer = new SpanIntake(store).take(OtlpRequests.request("a", large));

        assertThat(store.received().kept()).isBetween(30, 90);
        assertThat(answer.getPartialSuccess().getRejectedSpans())
                .isEqualTo(100 - store.received().kept());
    }

    @Test
    @DisplayName("names no more services than it has room for")
    void names() {
        SpanStore store = new SpanStore(1, 1);
        for (int i = 0; i < 5_000; i++) {
            store.drop("service-" + i, 1);
        }

        assertThat(store.received().dropped()).hasSizeLessThan(300).containsEntry(SpanStore.OTHERS, 4_800L);
        assertThat(store.received().droppedTotal()).isEqualTo(5_000);
    }

    @Test
    @DisplayName("cuts what is long and what is many of a span, and counts what it cut")
    void cut() {
        var span = OtlpRequests.span(1).addAttributes(OtlpRequests.attribute("long", "é".repeat(100_000)));
        for (int i = 0; i < 99; i++) {
            span.addAttributes(OtlpRequests.attribute("a" + i, "1"));
            span.addEventsBuilder().setName("retry");
        }
        SpanStore store = new SpanStore();
        new SpanIntake(store)
                .take(OtlpRequests.request("a", ScopeSpans.newBuilder().addSpans(span)));

        Span kept = store.snapshot().all().iterator().next().entry();
        assertThat(kept.attribute("long")).isEqualTo("é".repeat(SpanReader.LONGEST_VALUE));
        assertThat(kept.attributes()).hasSize(64);
        assertThat(kept.events()).hasSize(8);
        assertThat(store.received().cut()).isEqualTo(1 + 36 + 91);
    }

    @Test
    @DisplayName("forgets all for another test")
    void clear() {
        SpanStore store = new SpanStore(1, 10_000);
        new SpanIntake(store).take(OtlpRequests.spans("a", 2));
        store.malformed.incrementAndGet();

        store.clear();

        assertThat(store.received()).isEqualTo(new SpanStore().received());
        new SpanIntake(store).take(OtlpRequests.spans("a", 1));
        assertThat(store.received().kept()).isEqualTo(1);
    }
}
