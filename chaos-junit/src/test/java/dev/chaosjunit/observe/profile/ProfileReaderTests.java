// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.chaosjunit.result.GoStack.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A profile")
class ProfileReaderTests {

    @Test
    @DisplayName("has samples with their stacks, values and labels, and passes over what is not known")
    void read() throws IOException {
        ProfileBytes bytes = new ProfileBytes("samples", "cpu")
                .sample(List.of(3L, 30L), Map.of("span_id", "01"), "main.burn", "main.main")
                .message(77, to -> to.writeInt64(1, 5));

        assertThat(ProfileReader.read(bytes.bytes())).satisfies(profile -> {
            assertThat(profile.types()).containsExactly("samples", "cpu");
            assertThat(profile.samples()).singleElement().satisfies(sample -> {
                assertThat(sample.values()).containsExactly(3L, 30L);
                assertThat(sample.labels()).isEqualTo(Map.of("span_id", "01"));
                assertThat(sample.label("trace_id")).isEmpty();
                assertThat(sample.stack().frames())
                        .containsExactly(
                                new Frame("main.burn", "/src/main.go:11"), new Frame("main.main", "/src/main.go:12"));
            });
        });
    }

    @Test
    @DisplayName("is refused where it is cut off, wherever that is")
    void cutOff() {
        byte[] whole = new ProfileBytes("samples", "cpu")
                .sample(List.of(3L, 30L), Map.of("span_id", "01"), "main.burn")
                .bytes();
        for (int length = 0; length < whole.length - 8; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIOException().as("the first %d bytes", length).isThrownBy(() -> ProfileReader.read(cut));
        }
    }

    @Test
    @DisplayName("is refused where it is cut off before it was packed, or is nothing of the kind")
    void noProfile() throws IOException {
        byte[] half = ProfileBytes.gzip(new byte[] {0x12, 0x7f, 0x0a});
        assertThatIOException().isThrownBy(() -> ProfileReader.read(half));
        byte[] text = "goroutine profile: total 12".getBytes(StandardCharsets.UTF_8);
        assertThatIOException().isThrownBy(() -> ProfileReader.read(text)).withMessageContaining("GZIP");
        assertThatIOException().isThrownBy(() -> ProfileReader.read(ProfileBytes.gzip(text)));
    }

    @Test
    @DisplayName("is refused where it names what it does not have")
    void wrongNumbers() {
        refused(new ProfileBytes("cpu").raw(List.of(9L), List.of(1L), Map.of()), "a sample at location 9, which it");
        refused(new ProfileBytes("cpu").raw(List.of(), List.of(1L, 2L), Map.of()), "a sample of 2 values, not 1");
        refused(new ProfileBytes().message(1, to -> to.writeInt64(1, 40)), "text number 40 of 1");
        refused(new ProfileBytes().message(1, to -> to.writeInt64(1, -1)), "text number -1 of 1");
        refused(
                new ProfileBytes("cpu")
                        .message(4, to -> {
                            to.writeUInt64(1, 1);
                            to.writeByteArray(4, new byte[] {0x08, 0x07});
                        })
                        .raw(List.of(1L), List.of(1L), Map.of()),
                "a line of function 7, which it");
    }

    private static void refused(ProfileBytes bytes, String why) {
        assertThatIOException()
                .isThrownBy(() -> ProfileReader.read(bytes.bytes()))
                .withMessageContaining(why);
    }

    @Test
    @DisplayName(
            "is refused where it is larger than 64 MiB unpacked, however small it came, or has more than 8 Mi parts")
    void tooLarge() throws IOException {
        byte[] zeros = packedZeros((64 << 20) + 1);
        assertThat(zeros.length).isLessThan(1 << 20);
        assertThatIOException()
                .isThrownBy(() -> ProfileReader.read(zeros))
                .withMessage("a profile of more than 64 MiB");
        byte[] samples = new byte[(9 << 20) * 2];
        for (int i = 0; i < samples.length; i += 2) {
            samples[i] = 0x12; // a sample of no bytes
        }
        assertThatIOException()
                .isThrownBy(() -> ProfileReader.read(ProfileBytes.gzip(samples)))
                .withMessage("a profile of more than 8388608 parts");
    }

    private static byte[] packedZeros(int size) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] some = new byte[1 << 16];
            for (int written = 0; written < size; written += some.length) {
                gzip.write(some);
            }
        }
        return packed.toByteArray();
    }
}
