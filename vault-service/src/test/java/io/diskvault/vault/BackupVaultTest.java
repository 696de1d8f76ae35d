package io.diskvault.vault;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.testing.Snapshots;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.AskSoftDelete;
import io.diskvault.vault.VaultCommand.AskVaultSettings;
import io.diskvault.vault.VaultCommand.AskWhetherImmutable;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultCommand.DeleteVault;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import io.diskvault.vault.VaultCommand.SetImmutability;
import io.diskvault.vault.VaultEvent.ImmutabilityChanged;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.vault.VaultEvent.VaultMemberAdded;
import io.diskvault.vault.VaultEvent.VaultMemberRemoved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class BackupVaultTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final VaultId PROD = new VaultId("prod");
    private static final String MEMBER = "policy:prod/gold";
    private static final VaultCreated CREATED = new VaultCreated(PROD, new UUID(0, 1), SoftDelete.DEFAULT, NOON);
    private static final VaultDeleted DELETED = new VaultDeleted(PROD, NOON);
    private static final VaultMemberAdded ADDED = new VaultMemberAdded(PROD, MEMBER, NOON);
    private static final VaultMemberRemoved REMOVED = new VaultMemberRemoved(PROD, MEMBER, NOON);
    private static final DeleteVault DELETE = new DeleteVault(PROD, NOON);
    private static final AddVaultMember ADD = new AddVaultMember(PROD, MEMBER, NOON);
    private static final RemoveVaultMember REMOVE = new RemoveVaultMember(PROD, MEMBER, NOON);

    private final FixtureConfiguration<BackupVault> vault = new AggregateTestFixture<>(BackupVault.class);

    @Test
    void isCreatedOnceAndKeepsItsIdentity() {
        vault.givenNoPriorActivity()
                .when(new CreateVault(PROD, new UUID(0, 1), Optional.empty(), NOON))
                .expectEvents(CREATED);
        vault.given(CREATED)
                .when(new CreateVault(PROD, new UUID(0, 2), Optional.empty(), NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isDeletedOnlyWhenEmpty() {
        vault.given(CREATED).when(DELETE).expectEvents(DELETED);
        vault.given(CREATED, ADDED)
                .when(DELETE)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("1 backup policy (gold)"));
        vault.given(CREATED, ADDED, REMOVED).when(DELETE).expectEvents(DELETED);
        vault.given(CREATED, DELETED).when(DELETE).expectNoEvents().expectException(CommandRejected.class);
        vault.givenNoPriorActivity().when(DELETE).expectNoEvents().expectException(CommandRejected.class);
    }

    private static ImmutabilityChanged became(Immutability state) {
        return new ImmutabilityChanged(PROD, state, NOON);
    }

    private static SetImmutability set(Immutability state) {
        return new SetImmutability(PROD, state, NOON);
    }

    @Test
    void isLockedForEverAfterImmutabilityWasTried() {
        vault.given(CREATED).when(set(Immutability.UNLOCKED)).expectEvents(became(Immutability.UNLOCKED));
        vault.given(CREATED).when(set(Immutability.DISABLED)).expectNoEvents().expectSuccessfulHandlerExecution();
        vault.given(CREATED)
                .when(set(Immutability.LOCKED))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("is Disabled; it cannot become Locked"));
        vault.given(CREATED, became(Immutability.UNLOCKED))
                .when(set(Immutability.DISABLED))
                .expectEvents(became(Immutability.DISABLED));
        vault.given(CREATED, became(Immutability.UNLOCKED))
                .when(set(Immutability.LOCKED))
                .expectEvents(became(Immutability.LOCKED));
        for (Immutability weaker : List.of(Immutability.DISABLED, Immutability.UNLOCKED)) {
            vault.given(CREATED, became(Immutability.UNLOCKED), became(Immutability.LOCKED))
                    .when(set(weaker))
                    .expectNoEvents()
                    .expectException(CommandRejected.class);
        }
        vault.given(CREATED, became(Immutability.UNLOCKED), became(Immutability.LOCKED))
                .when(new AskWhetherImmutable(PROD))
                .expectResultMessagePayload(true);
        vault.given(CREATED, became(Immutability.UNLOCKED), DELETED, CREATED)
                .when(new AskWhetherImmutable(PROD))
                .expectResultMessagePayload(false);
    }

    @Test
    void takesAMemberOnceAndLetsItGoOnce() {
        vault.given(CREATED).when(ADD).expectEvents(ADDED);
        vault.given(CREATED, ADDED).when(ADD).expectNoEvents().expectSuccessfulHandlerExecution();
        vault.given(CREATED, ADDED).when(REMOVE).expectEvents(REMOVED);
        vault.given(CREATED).when(REMOVE).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void takesNobodyInWhenItIsNotThere() {
        vault.givenNoPriorActivity().when(ADD).expectNoEvents().expectException(CommandRejected.class);
        vault.given(CREATED, DELETED).when(ADD).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void aNameIsUsedAgainByAnotherVault() {
        VaultCreated anew = new VaultCreated(PROD, new UUID(0, 2), SoftDelete.DEFAULT, NOON);
        vault.given(CREATED, DELETED)
                .when(new CreateVault(PROD, new UUID(0, 2), Optional.empty(), NOON))
                .expectEvents(anew);
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        BackupVault state = new BackupVault();
        state.on(CREATED);
        state.on(ADDED);
        BackupVault restored = new Snapshots(new VaultModule()).restored("vault.snapshot", state);
        new AggregateTestFixture<>(BackupVault.class)
                .givenState(() -> restored)
                .when(ADD)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        new AggregateTestFixture<>(BackupVault.class)
                .givenState(() -> restored)
                .when(DELETE)
                .expectException(CommandRejected.class);
        new AggregateTestFixture<>(BackupVault.class)
                .givenState(() -> restored)
                .when(REMOVE)
                .expectEvents(REMOVED);
    }

    private static CreateVault with(SoftDelete setting) {
        return new CreateVault(PROD, new UUID(0, 2), Optional.of(setting), NOON);
    }

    @Test
    void softDeleteIsChangedOnceAndNotByWhoeverDoesNotSay() {
        SoftDelete off = new SoftDelete(SoftDelete.State.OFF, 14);
        vault.given(CREATED).when(with(off)).expectEvents(new SoftDeleteChanged(PROD, off, NOON));
        vault.given(CREATED, new SoftDeleteChanged(PROD, off, NOON))
                .when(with(off))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        vault.given(CREATED, new SoftDeleteChanged(PROD, off, NOON))
                .when(new CreateVault(PROD, new UUID(0, 2), Optional.empty(), NOON))
                .expectNoEvents();
        vault.given(CREATED, new SoftDeleteChanged(PROD, off, NOON))
                .when(new AskSoftDelete(PROD))
                .expectNoEvents()
                .expectResultMessagePayload(off);
        vault.givenNoPriorActivity()
                .when(new AskSoftDelete(PROD))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void whatIsAlwaysOnStaysOnAndMayOnlyBecomeLonger() {
        SoftDelete always = new SoftDelete(SoftDelete.State.ALWAYS_ON, 30);
        SoftDelete longer = new SoftDelete(SoftDelete.State.ALWAYS_ON, 31);
        Object[] history = {CREATED, new SoftDeleteChanged(PROD, always, NOON)};
        vault.given(history).when(with(longer)).expectEvents(new SoftDeleteChanged(PROD, longer, NOON));
        for (SoftDelete less : List.of(
                new SoftDelete(SoftDelete.State.ALWAYS_ON, 29),
                new SoftDelete(SoftDelete.State.ON, 180),
                new SoftDelete(SoftDelete.State.OFF, 180))) {
            vault.given(history)
                    .when(with(less))
                    .expectNoEvents()
                    .expectException(CommandRejected.class)
                    .expectExceptionMessage(containsString("always on with 30 days"));
        }
    }

    @Test
    void namesWhatItHoldsByKindAndNotEndlessly() {
        Object[] members = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new VaultMemberAdded(PROD, "instance:prod/web-" + i, NOON))
                .toArray();
        vault.given(CREATED, new VaultMemberAdded(PROD, "deleted-instance:prod/old", NOON))
                .andGiven(members)
                .when(DELETE)
                .expectExceptionMessage(containsString(
                        "7 backup instances (web-1, web-2, web-3, web-4, web-5, …), 1 deleted backup instance (old)."));
    }

    @Test
    void answersItsSettingsAndThoseOfAVaultToBe() {
        AskVaultSettings ask = new AskVaultSettings(PROD);
        vault.givenNoPriorActivity().when(ask).expectResultMessagePayload(VaultSettings.DEFAULT);
        vault.given(CREATED, became(Immutability.UNLOCKED))
                .when(ask)
                .expectNoEvents()
                .expectResultMessagePayload(new VaultSettings(SoftDelete.DEFAULT, Immutability.UNLOCKED));
        vault.given(CREATED, became(Immutability.UNLOCKED), DELETED)
                .when(ask)
                .expectResultMessagePayload(VaultSettings.DEFAULT);
    }

    @Test
    void whatProtectsLessWeakens() {
        SoftDelete on = new SoftDelete(SoftDelete.State.ON, 30);
        assertFalse(on.isWeakenedBy(on));
        assertFalse(on.isWeakenedBy(new SoftDelete(SoftDelete.State.ALWAYS_ON, 30)));
        assertFalse(new SoftDelete(SoftDelete.State.OFF, 30).isWeakenedBy(new SoftDelete(SoftDelete.State.ON, 14)));
        assertTrue(on.isWeakenedBy(new SoftDelete(SoftDelete.State.ON, 29)));
        assertTrue(on.isWeakenedBy(new SoftDelete(SoftDelete.State.OFF, 180)));
        assertTrue(on.isWeakenedBy(new SoftDelete(SoftDelete.State.ALWAYS_ON, 29)));
        assertTrue(Immutability.UNLOCKED.isWeakenedBy(Immutability.DISABLED));
        assertFalse(Immutability.UNLOCKED.isWeakenedBy(Immutability.LOCKED));
    }
}
