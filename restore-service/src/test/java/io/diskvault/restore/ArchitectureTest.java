package io.diskvault.restore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.diskvault.restore", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule restores_use_the_roots_of_features = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.*.view..",
                    "io.diskvault.(access|disk|instance|job|policy|resourcegroup|vault).web..",
                    "io.diskvault.platform..")
            .because("rows, endpoints and wiring are a feature's own affair");

    @ArchTest
    static final ArchRule restores_do_not_know_the_scheduler = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.scheduler..", "org.quartz..")
            .because("a restore must be possible whatever the schedules do");
}
