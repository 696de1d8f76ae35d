package io.diskvault.restore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {"io.diskvault.restore", "io.diskvault.link", "io.diskvault.export", "io.diskvault.files"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ENDPOINTS_OF_OTHERS =
            "io.diskvault.(access|disk|instance|job|policy|resourcegroup|restoretest|vault).web..";

    @ArchTest
    static final ArchRule restores_use_the_roots_of_features = noClasses()
            .that()
            .resideInAPackage("io.diskvault.restore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.*.view..", ENDPOINTS_OF_OTHERS, "io.diskvault.platform..")
            .because("rows, endpoints and wiring are a feature's own affair");

    @ArchTest
    static final ArchRule links_use_the_roots_of_features = noClasses()
            .that()
            .resideInAPackage("io.diskvault.link..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.(access|disk|instance|job|policy|resourcegroup|vault).view..", ENDPOINTS_OF_OTHERS)
            .because("rows and endpoints are a feature's own affair");

    @ArchTest
    static final ArchRule restores_do_not_know_links = noClasses()
            .that()
            .resideInAPackage("io.diskvault.restore..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.link..")
            .because("one makes a disk here, the other gives it away");

    @ArchTest
    static final ArchRule exports_use_the_roots_of_features = noClasses()
            .that()
            .resideInAPackage("io.diskvault.export..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.(access|disk|instance|job|link|policy|resourcegroup|vault).view..",
                    "io.diskvault.link.web..",
                    ENDPOINTS_OF_OTHERS)
            .because("rows and endpoints are a feature's own affair");

    @ArchTest
    static final ArchRule links_do_not_know_exports = noClasses()
            .that()
            .resideInAPackage("io.diskvault.link..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.export..")
            .because("the port takes whoever has disks under secrets");

    @ArchTest
    static final ArchRule exports_are_served_by_their_endpoints = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.export", "io.diskvault.export.view..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.export.web..")
            .because("a replay must not depend on how rows are shown");

    @ArchTest
    static final ArchRule links_are_served_by_their_endpoints = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.link", "io.diskvault.link.view..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.link.web..")
            .because("a replay must not depend on how rows are shown");

    @ArchTest
    static final ArchRule files_use_the_roots_of_features = noClasses()
            .that()
            .resideInAPackage("io.diskvault.files..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.*.view..", ENDPOINTS_OF_OTHERS)
            .because("rows and endpoints are a feature's own affair");

    @ArchTest
    static final ArchRule files_are_read_whoever_restores = noClasses()
            .that()
            .resideInAPackage("io.diskvault.files..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.restore..", "io.diskvault.link..")
            .because("each gives recovery points back in its own way");

    @ArchTest
    static final ArchRule files_are_served_by_their_endpoints = noClasses()
            .that()
            .resideInAPackage("io.diskvault.files")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.files.web..")
            .because("the command line reads files without a server");

    @ArchTest
    static final ArchRule restores_do_not_know_the_scheduler = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.scheduler..", "org.quartz..")
            .because("a restore must be possible whatever the schedules do");
}
