package io.diskvault.scheduler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.diskvault.scheduler", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule only_the_contracts_of_features_are_used = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.diskvault..")
                    .and(not(resideInAnyPackage(
                            "io.diskvault.access",
                            "io.diskvault.alert",
                            "io.diskvault.scheduler",
                            "io.diskvault.command",
                            "io.diskvault.instance",
                            "io.diskvault.job",
                            "io.diskvault.policy"))))
            .because("views, endpoints and wiring of other features may change at any time");

    @ArchTest
    static final ArchRule time_is_read_from_the_one_clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests must be able to set it");
}
