package io.diskvault.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.diskvault.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_engine_knows_no_framework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.axonframework..",
                    "io.micronaut..",
                    "org.quartz..",
                    "java.sql..",
                    "javax.sql..",
                    "jakarta..",
                    "com.fasterxml..",
                    "picocli..")
            .because("the engine must be testable and recoverable without the server");

    @ArchTest
    static final ArchRule the_engine_knows_no_other_module = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.diskvault..").and(not(resideInAPackage("io.diskvault.engine.."))))
            .because("all other modules build on the engine");

    @ArchTest
    static final ArchRule the_engine_reads_no_clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("times come in requests; safety must not rest on clocks");

    @ArchTest
    static final ArchRule packages_build_on_each_other_in_one_direction =
            slices().matching("io.diskvault.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule datastores_are_changed_through_one_interface = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.diskvault.engine.storage", "io.diskvault.engine.posix", "io.diskvault.engine.source")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(FileChannel.class)
            .because("every crash and every fault must be playable in tests");
}
