package io.diskvault.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The directions between the modules, seen from the one that sees all of them.
@AnalyzeClasses(packages = "io.diskvault", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] VAULT_SERVICE = {
        "io.diskvault.access..",
        "io.diskvault.command..",
        "io.diskvault.disk..",
        "io.diskvault.instance..",
        "io.diskvault.job..",
        "io.diskvault.page..",
        "io.diskvault.platform..",
        "io.diskvault.policy..",
        "io.diskvault.recoverypoint..",
        "io.diskvault.resourcegroup..",
        "io.diskvault.restoretest..",
        "io.diskvault.session..",
        "io.diskvault.vault..",
        "io.diskvault.web..",
    };

    @ArchTest
    static final ArchRule nobody_depends_on_the_program = noClasses()
            .that()
            .resideOutsideOfPackage("io.diskvault.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.app..")
            .because("it only puts the others together");

    @ArchTest
    static final ArchRule the_scheduler_does_not_see_restores = noClasses()
            .that()
            .resideInAPackage("io.diskvault.scheduler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.restore..", "io.diskvault.link..", "io.diskvault.export..", "io.diskvault.files..")
            .allowEmptyShould(true)
            .because("when and what for are separate questions; both go through jobs");

    @ArchTest
    static final ArchRule restores_do_not_see_the_scheduler = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.diskvault.restore..", "io.diskvault.link..", "io.diskvault.export..", "io.diskvault.files..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.scheduler..")
            .allowEmptyShould(true)
            .because("a restore must work on a node that schedules nothing");

    @ArchTest
    static final ArchRule the_control_plane_knows_neither = noClasses()
            .that()
            .resideInAnyPackage(VAULT_SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.scheduler..",
                    "io.diskvault.restore..",
                    "io.diskvault.link..",
                    "io.diskvault.export..",
                    "io.diskvault.files..")
            .because("both build on it");

    @ArchTest
    static final ArchRule the_engine_knows_nobody = noClasses()
            .that()
            .resideInAPackage("io.diskvault.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.scheduler..",
                    "io.diskvault.restore..",
                    "io.diskvault.link..",
                    "io.diskvault.export..",
                    "io.diskvault.files..",
                    "io.micronaut..",
                    "org.axonframework..",
                    "org.quartz..",
                    "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(VAULT_SERVICE)
            .because("backups must be readable without the server");

    @ArchTest
    static final ArchRule client_commands_know_only_the_rest_contract = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.diskvault.app.client..", "io.diskvault.app.remote..", "io.diskvault.app.quickstart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VAULT_SERVICE)
            .because("they also talk to servers of another version");

    @ArchTest
    static final ArchRule datastore_commands_need_no_server = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.app.audit..", "io.diskvault.app.datastore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.app.client..", "io.diskvault.app.server..", "io.micronaut..")
            .because("they are the way out when there is no server any more");
}
