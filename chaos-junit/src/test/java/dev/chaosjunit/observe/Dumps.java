// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Dumps recorded from small Go programs, and dumps made up of single goroutines. */
final class Dumps {
    private Dumps() {}

    /** A recorded dump of the test resources. */
    static GoroutineDump recorded(String name) {
        try (InputStream file = Objects.requireNonNull(Dumps.class.getResourceAsStream(name), name)) {
            return GoroutineDump.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Goroutine goroutine(long id, String state, String createdBy) {
        return new Goroutine(id, state, 0, false, createdBy, "stack of " + id);
    }

    static GoroutineDump dump(Goroutine... goroutines) {
        return new GoroutineDump(List.of(goroutines));
    }

    static GoroutineDump plus(GoroutineDump dump, Goroutine... more) {
        List<Goroutine> all = new ArrayList<>(dump.goroutines());
        all.addAll(List.of(more));
        return new GoroutineDump(all);
    }
}
