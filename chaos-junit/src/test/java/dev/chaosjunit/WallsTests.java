// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chaosjunit.bpf.Helper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("A package")
class WallsTests {
    /** From the ground up: none knows one that comes after it, so that there is no circle. */
    static final List<String> FLOORS = List.of(
            "dev.chaosjunit.clock",
            "dev.chaosjunit.quantity",
            "dev.chaosjunit.observe.trace",
            "dev.chaosjunit.fault",
            "dev.chaosjunit.result",
            "dev.chaosjunit.observe.profile",
            "dev.chaosjunit.cluster",
            "dev.chaosjunit.cluster.manifest",
            "dev.chaosjunit.cluster.manifest.reader",
            "dev.chaosjunit.cluster.image",
            "dev.chaosjunit.cluster.render",
            "dev.chaosjunit.cluster.kubernetes",
            "dev.chaosjunit.cluster.local.dns",
            "dev.chaosjunit.cluster.local.probe",
            "dev.chaosjunit.cluster.local",
            "dev.chaosjunit.cluster.k3s",
            "dev.chaosjunit.cluster.kubeconfig",
            "dev.chaosjunit.inject",
            "dev.chaosjunit.inject.chaosmesh",
            "dev.chaosjunit.load",
            "dev.chaosjunit.jwt",
            "dev.chaosjunit.slo",
            "dev.chaosjunit.observe",
            "dev.chaosjunit.report",
            "dev.chaosjunit.experiment",
            "dev.chaosjunit.session",
            "dev.chaosjunit",
            "dev.chaosjunit.extension");

    private static final List<String> RUNTIMES =
            List.of("dev.chaosjunit.cluster.local", "dev.chaosjunit.cluster.k3s", "dev.chaosjunit.cluster.kubeconfig");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(ChaosRun.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    @DisplayName("has its place among the others")
    void listed() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(FLOORS);
    }

    @ParameterizedTest
    @FieldSource("FLOORS")
    @DisplayName("knows none above it, but for an annotation that names its extension")
    void downward(String floor) {
        String[] above = FLOORS.stream()
                .skip(FLOORS.indexOf(floor) + 1)
                .filter(other -> !(floor.equals("dev.chaosjunit") && other.equals("dev.chaosjunit.extension")))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(floor)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(MAIN);
    }

    @Test
    @DisplayName("knows no JUnit, but for the extension, and for an annotation that names it")
    void junit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.chaosjunit.extension")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit..").and(not(equivalentTo(ExtendWith.class))))
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.chaosjunit", "dev.chaosjunit.extension")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ExtendWith.class)
                .check(MAIN);
        assertThat(caughtOutside("dev.chaosjunit.extension"))
                .noneMatch(thrown -> thrown.getName().startsWith("org.junit."));
    }

    /** What a test throws is for whoever runs its body, and for whoever says the verdict. */
    @Test
    @DisplayName("knows no failure of a test, but for the experiment and the extension")
    void failures() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.chaosjunit.experiment", "dev.chaosjunit.extension")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.opentest4j..")
                .check(MAIN);
        assertThat(caughtOutside("dev.chaosjunit.experiment", "dev.chaosjunit.extension"))
                .noneMatch(thrown -> thrown.getName().startsWith("org.opentest4j."));
    }

    /** What a clause catches is no dependency to ArchUnit. */
    private static Stream<JavaClass> caughtOutside(String... packages) {
        return MAIN.stream()
                .filter(type -> !List.of(packages).contains(type.getPackageName()))
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(code -> code.getTryCatchBlocks().stream())
                .flatMap(block -> block.getCaughtThrowables().stream());
    }

    @Test
    @DisplayName("knows no place where services run, but for the session, which chooses it, and the place itself")
    void runtimes() {
        for (String runtime : RUNTIMES) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.chaosjunit.session", runtime)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(runtime))
                    .check(MAIN);
        }
    }

    @ParameterizedTest
    @FieldSource("FLOORS")
    @DisplayName("says how stable it is")
    void api(String floor) {
        assertThat(MAIN.getPackage(floor).isAnnotatedWith(API.class)).isTrue();
    }

    @Test
    @DisplayName("of the native module says how stable it is, too")
    void nativeApi() {
        assertThat(Helper.class.getPackage().isAnnotationPresent(API.class)).isTrue();
    }
}
