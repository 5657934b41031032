// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.result.LeftOut;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Manifests")
class PreflightTests {
    private static final Settings SETTINGS = new Settings(name -> Optional.empty());
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    @DisplayName("are read once, for all that looks at them before services run, while they do, and in nested classes")
    void once() {
        Preflight preflight = Preflight.of(Plans.on(ClusterRuntime.LOCAL), this::read);
        preflight.check(SETTINGS);
        assertThat(preflight.manifests()).isSameAs(preflight.manifests());
        try (Session session = new Session(
                preflight, new FixedCluster(List.of(), List.of()), new HelperInjector(node -> new FakeHelper()))) {
            session.preflight().check(SETTINGS);
            assertThat(session.preflight().manifests()).isSameAs(preflight.manifests());
        }

        assertThat(readings).hasValue(1);
    }

    @Test
    @DisplayName(
            "that cannot be read are refused where this machine is to run them, and are another's business elsewhere")
    void unreadable() {
        Preflight local = Preflight.of(Plans.on(ClusterRuntime.LOCAL), this::refuse);
        assertThatThrownBy(() -> local.check(SETTINGS))
                .isInstanceOf(ClusterException.class)
                .hasMessage("unread");
        assertThatThrownBy(local::manifests).hasMessage("unread");

        Preflight.of(Plans.on(ClusterRuntime.K3S), this::refuse).check(SETTINGS);
        assertThat(readings).hasValue(2);
    }

    @Test
    @DisplayName("are read by nobody else")
    void nowhereElse() {
        JavaClasses main = new ClassFileImporter()
                .importUrl(Preflight.class.getProtectionDomain().getCodeSource().getLocation());

        assertThat(main.get(ManifestReader.class).getMethodCallsToSelf())
                .filteredOn(call -> !call.getOriginOwner().isEquivalentTo(ManifestReader.class))
                .extracting(call -> call.getOriginOwner().getSimpleName())
                .containsExactly("Preflight");
    }

    private Manifests read() {
        readings.incrementAndGet();
        return new Manifests(List.of(), List.of(), LeftOut.NOTHING);
    }

    private Manifests refuse() {
        readings.incrementAndGet();
        throw new ClusterException("unread");
    }
}
