// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.quantity.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A fault that forgets its traffic")
class ForgottenTrafficTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of());

    private static final String FAULT = """
            import dev.chaosjunit.fault.*;
            import dev.chaosjunit.quantity.Percent;
            import java.time.Duration;
            import java.util.Optional;
            record NetworkHole(Selection selection, Duration duration, Traffic packets, Percent minTouched)
                    implements Fault {
                public Unit unit() { return Unit.PACKET; }
                public Scope scope() { return Scope.NETWORK; }
                public Optional<Latency> latency() { return Optional.empty(); }
                public Optional<String> clash(Fault other) { return Optional.empty(); }
                public Words words(Place place) { return Words.kind(this); }
                public String describe() { return "hole"; }
                %s
            }
            """;

    @Test
    @DisplayName("does not compile")
    void forgotten(@TempDir Path classes) {
        assertThat(errors(FAULT.formatted(""), classes))
                .singleElement()
                .asString()
                .contains("does not override abstract method traffic() in dev.chaosjunit.fault.Fault");
        String told = "public Optional<Traffic> traffic() { return Optional.of(packets); }";
        assertThat(errors(FAULT.formatted(told), classes)).isEmpty();
    }

    @Test
    @DisplayName("cannot hit everyone where a target is asked for: it says that there is none")
    void denied() {
        assertThatThrownBy(() -> read("PlainFault", asked -> new PlainFault("all")))
                .hasMessage("target: the fault would hit everyone: its traffic() is not what PlainFault was asked for");
    }

    @Test
    @DisplayName("cannot hit everyone where a target is asked for: it took itself for one on calls")
    void misunderstood() {
        GoSite site = new GoSite("main.f", "", "");
        assertThatThrownBy(() ->
                        read("GoPanic", asked -> new GoPanic(asked.selection(), asked.duration(), site, Calls.ALL)))
                .hasMessage("target: the fault would hit everyone: its traffic() is not what GoPanic was asked for");
    }

    private static Fault read(String name, Function<Fault, Fault> forgets) {
        Function<Source, Fault> delay = new NetworkDelay.Kind()::read;
        return KINDS.read(FaultKindsTests.kind(name, delay.andThen(forgets)), new Texts(FaultKindsTests.delayed()));
    }

    private static List<String> errors(String source, Path classes) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of("-d", classes.toString(), "-cp", classPath, "-proc:none");
        compiler.getTask(null, null, found, options, null, List.of(new Text(source)))
                .call();
        return found.getDiagnostics().stream()
                .filter(line -> line.getKind() == Diagnostic.Kind.ERROR)
                .map(line -> line.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String source) {
            super(URI.create("string:///NetworkHole.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
