package io.diskvault;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.guard.GuardCommand.RemoveGuardedVault;
import io.diskvault.guard.GuardProxyCommand.ForgetVault;
import io.diskvault.guard.GuardProxyCommand.SetGuard;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.modelling.command.AggregateRoot;

/// The directions between the packages of the control plane.
///
/// Features may know each other in one order: access, alert, resource group, disk, vault, guard, policy, job, role,
/// instance, restore test, slot, watch, critical, health, storage, overview. A feature's root package and its own
/// `view` and `web` may know each other: the root's services read the feature's rows.
@AnalyzeClasses(packages = "io.diskvault", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] FEATURES = {
        "io.diskvault.access..",
        "io.diskvault.alert..",
        "io.diskvault.audit..",
        "io.diskvault.critical..",
        "io.diskvault.disk..",
        "io.diskvault.guard..",
        "io.diskvault.health..",
        "io.diskvault.instance..",
        "io.diskvault.job..",
        "io.diskvault.overview..",
        "io.diskvault.policy..",
        "io.diskvault.resourcegroup..",
        "io.diskvault.restoretest..",
        "io.diskvault.role..",
        "io.diskvault.session..",
        "io.diskvault.slot..",
        "io.diskvault.snapshot..",
        "io.diskvault.storage..",
        "io.diskvault.vault..",
        "io.diskvault.watch..",
    };

    private static final Set<String> PARTS_OF_CRITICAL_ORDERS = Stream.of(
                    SwitchPolicy.class,
                    ContinueProtection.class,
                    MarkDeleted.class,
                    EndProtection.class,
                    SetGuard.class,
                    ForgetVault.class,
                    RemoveGuardedVault.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static boolean makesPart(JavaConstructorCall call) {
        return PARTS_OF_CRITICAL_ORDERS.contains(call.getTargetOwner().getFullName());
    }

    @ArchTest
    static final ArchRule the_platform_knows_no_feature = noClasses()
            .that()
            .resideInAPackage("io.diskvault.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES)
            .because("a feature can come or go without it");

    @ArchTest
    static final ArchRule what_endpoints_share_knows_no_feature = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.web..", "io.diskvault.command..", "io.diskvault.metrics")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES)
            .because("all of them build on it");

    @ArchTest
    static final ArchRule resource_groups_and_vaults_come_first = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.resourcegroup..", "io.diskvault.vault..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.disk..",
                    "io.diskvault.guard..",
                    "io.diskvault.instance..",
                    "io.diskvault.job..",
                    "io.diskvault.policy..",
                    "io.diskvault.role..",
                    "io.diskvault.snapshot..")
            .because("what is in them can change without them");

    @ArchTest
    static final ArchRule guards_know_nothing_that_is_critical = noClasses()
            .that()
            .resideInAPackage("io.diskvault.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.disk..",
                    "io.diskvault.instance..",
                    "io.diskvault.job..",
                    "io.diskvault.policy..",
                    "io.diskvault.resourcegroup..",
                    "io.diskvault.role..")
            .because("a guard approves words, and one package knows what they stand for");

    @ArchTest
    static final ArchRule nobody_knows_the_gate = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackage("io.diskvault.critical..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.critical..")
            .because("nobody needs to think of it, so nobody can forget it");

    @ArchTest
    static final ArchRule parts_of_critical_orders_are_sent_only_with_the_whole = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .doNotHaveFullyQualifiedName("io.diskvault.instance.Protection")
            .and()
            .doNotHaveFullyQualifiedName("io.diskvault.guard.VaultGuarding")
            .and()
            .doNotHaveFullyQualifiedName("io.diskvault.critical.Gate")
            .should()
            .callConstructorWhere(describe("it makes such a part", ArchitectureTest::makesPart))
            .because("the gate looks at the whole order, not at its parts");

    @ArchTest
    static final ArchRule disks_and_policies_know_no_instances_and_jobs = noClasses()
            .that()
            .resideInAnyPackage("io.diskvault.disk..", "io.diskvault.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.instance..", "io.diskvault.job..", "io.diskvault.role..")
            .because("an instance brings them together");

    @ArchTest
    static final ArchRule jobs_know_no_instances = noClasses()
            .that()
            .resideInAPackage("io.diskvault.job..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.instance..",
                    "io.diskvault.policy..",
                    "io.diskvault.role..",
                    "io.diskvault.snapshot..")
            .because("a feature brings the runner of its jobs with it");

    @ArchTest
    static final ArchRule nobody_knows_the_ledger = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackage("io.diskvault.slot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.slot..")
            .because("it tells what happened and decides nothing");

    @ArchTest
    static final ArchRule alerts_know_only_access = noClasses()
            .that()
            .resideInAPackage("io.diskvault.alert..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.disk..",
                    "io.diskvault.guard..",
                    "io.diskvault.instance..",
                    "io.diskvault.job..",
                    "io.diskvault.policy..",
                    "io.diskvault.resourcegroup..",
                    "io.diskvault.restoretest..",
                    "io.diskvault.role..",
                    "io.diskvault.slot..",
                    "io.diskvault.snapshot..",
                    "io.diskvault.vault..")
            .because("whoever knows what is wrong says so");

    @ArchTest
    static final ArchRule nobody_knows_the_watch = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackage("io.diskvault.watch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.watch..")
            .because("it looks at all others and decides nothing");

    @ArchTest
    static final ArchRule nobody_depends_on_restore_tests = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackages("io.diskvault.restoretest..", "io.diskvault.health..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.restoretest..")
            .because("backups and restores are the same whether they are tested or not; only health tells of it");

    @ArchTest
    static final ArchRule nobody_depends_on_what_only_tells = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackages("io.diskvault.health..", "io.diskvault.storage..", "io.diskvault.overview..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.health..", "io.diskvault.storage..", "io.diskvault.overview..")
            .because("what is shown to people decides nothing");

    @ArchTest
    static final ArchRule nobody_knows_the_audit = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackage("io.diskvault.audit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.audit..")
            .because("it watches and decides nothing");

    @ArchTest
    static final ArchRule nobody_knows_the_sessions = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackage("io.diskvault.session..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diskvault.session..")
            .because("by a cookie or by a token, it is the same principal who asks");

    @ArchTest
    static final ArchRule sessions_know_only_access = noClasses()
            .that()
            .resideInAPackage("io.diskvault.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.disk..",
                    "io.diskvault.instance..",
                    "io.diskvault.job..",
                    "io.diskvault.policy..",
                    "io.diskvault.resourcegroup..",
                    "io.diskvault.role..",
                    "io.diskvault.snapshot..",
                    "io.diskvault.vault..")
            .because("they are another way to show a token");

    @ArchTest
    static final ArchRule access_stands_alone = noClasses()
            .that()
            .resideInAPackage("io.diskvault.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diskvault.disk..",
                    "io.diskvault.guard..",
                    "io.diskvault.instance..",
                    "io.diskvault.job..",
                    "io.diskvault.policy..",
                    "io.diskvault.resourcegroup..",
                    "io.diskvault.role..",
                    "io.diskvault.snapshot..",
                    "io.diskvault.vault..")
            .because("every endpoint says what it asks for");

    @ArchTest
    static final ArchRule few_use_the_engine = noClasses()
            .that()
            .resideInAPackage("io.diskvault..")
            .and()
            .resideOutsideOfPackages("io.diskvault.engine..", "io.diskvault.snapshot..", "io.diskvault.instance")
            .should()
            .dependOnClassesThat(resideInAPackage("io.diskvault.engine..")
                    .and(not(belongToAnyOf(DiskFormat.class, DiskFormatException.class, QemuMissingException.class))))
            .because("bytes are the business of jobs; what a disk is in is known to all who name disks");

    @ArchTest
    static final ArchRule views_know_no_endpoints = noClasses()
            .that()
            .resideInAPackage("io.diskvault.*.view..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.diskvault.*.web.."))
            .because("a replay must not depend on how rows are shown");

    @ArchTest
    static final ArchRule aggregates_read_no_clock = noClasses()
            .that()
            .areAnnotatedWith(AggregateRoot.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("commands carry the instant, or a history could not be played again");

    @ArchTest
    static final ArchRule aggregates_read_no_tables = noClasses()
            .that()
            .areAnnotatedWith(AggregateRoot.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diskvault.*.view..", "io.micronaut..", "java.sql..", "java.nio..", "java.io..")
            .because("only a stream's own events decide");

    @ArchTest
    static final ArchRule only_the_clock_of_the_platform_is_read = noClasses()
            .that()
            .resideOutsideOfPackages("io.diskvault.platform..", "io.diskvault.engine..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("times in the database have milliseconds, and tests set the clock");

    @ArchTest
    static final ArchRule times_are_those_of_java_time = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.util\\.(Date|Calendar|TimeZone)|java\\.sql\\.(Date|Time|Timestamp)|java\\.text\\..*Format.*")
            .because("they can be changed, and mean no zone");
}
