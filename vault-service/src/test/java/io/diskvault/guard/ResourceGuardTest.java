package io.diskvault.guard;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.guard.GuardCommand.AddGuardedVault;
import io.diskvault.guard.GuardCommand.AskGuardTerms;
import io.diskvault.guard.GuardCommand.DeleteGuard;
import io.diskvault.guard.GuardCommand.PutGuard;
import io.diskvault.guard.GuardCommand.RemoveGuardedVault;
import io.diskvault.guard.GuardEvent.GuardCreated;
import io.diskvault.guard.GuardEvent.GuardDeleted;
import io.diskvault.guard.GuardEvent.GuardOperationsChanged;
import io.diskvault.guard.GuardEvent.GuardedVaultAdded;
import io.diskvault.guard.GuardEvent.GuardedVaultRemoved;
import io.diskvault.guard.GuardProxyCommand.AskGuard;
import io.diskvault.guard.GuardProxyCommand.SetGuard;
import io.diskvault.guard.GuardProxyEvent.VaultGuarded;
import io.diskvault.guard.GuardProxyEvent.VaultUnguarded;
import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ResourceGuardTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final GuardId MAIN = new GuardId("main");
    private static final VaultId PROD = new VaultId("prod");
    private static final GuardProxyId PROXY = new GuardProxyId(PROD);
    private static final Set<CriticalOperation> ALL = EnumSet.allOf(CriticalOperation.class);
    private static final Set<CriticalOperation> FEWEST =
            EnumSet.of(CriticalOperation.REMOVE_GUARD, CriticalOperation.CHANGE_APPROVERS);
    private static final GuardCreated CREATED = new GuardCreated(MAIN, ALL, NOON);
    private static final GuardedVaultAdded ADDED = new GuardedVaultAdded(MAIN, PROD, NOON);
    private static final GuardedVaultRemoved REMOVED = new GuardedVaultRemoved(MAIN, PROD, NOON);
    private static final DeleteGuard DELETE = new DeleteGuard(MAIN, NOON);
    private static final AddGuardedVault ADD = new AddGuardedVault(MAIN, PROD, NOON);

    private final FixtureConfiguration<ResourceGuard> guard = new AggregateTestFixture<>(ResourceGuard.class);
    private final FixtureConfiguration<GuardProxy> proxy = new AggregateTestFixture<>(GuardProxy.class);

    @Test
    void protectsWhatWasChosenAndAlwaysItself() {
        guard.givenNoPriorActivity().when(new PutGuard(MAIN, ALL, NOON)).expectEvents(CREATED);
        guard.givenNoPriorActivity()
                .when(new PutGuard(MAIN, Set.of(), NOON))
                .expectEvents(new GuardCreated(MAIN, FEWEST, NOON));
        guard.given(CREATED)
                .when(new PutGuard(MAIN, ALL, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        guard.given(CREATED)
                .when(new PutGuard(MAIN, Set.of(), NOON))
                .expectEvents(new GuardOperationsChanged(MAIN, FEWEST, NOON));
    }

    @Test
    void saysWhatItAsksForAndWhetherItIsInUse() {
        AskGuardTerms ask = new AskGuardTerms(MAIN);
        guard.givenNoPriorActivity().when(ask).expectResultMessagePayload(new GuardTerms(Set.of(), false));
        guard.given(CREATED).when(ask).expectResultMessagePayload(new GuardTerms(ALL, false));
        guard.given(CREATED, ADDED).when(ask).expectResultMessagePayload(new GuardTerms(ALL, true));
        guard.given(CREATED, ADDED, REMOVED).when(ask).expectResultMessagePayload(new GuardTerms(ALL, false));
    }

    @Test
    void isDeletedOnlyWhenNoVaultNeedsIt() {
        guard.given(CREATED).when(DELETE).expectEvents(new GuardDeleted(MAIN, NOON));
        guard.given(CREATED, ADDED)
                .when(DELETE)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("protects 1 backup vaults: prod"));
        guard.given(CREATED, ADDED, REMOVED).when(DELETE).expectEvents(new GuardDeleted(MAIN, NOON));
        guard.givenNoPriorActivity().when(DELETE).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void knowsEachOfItsVaultsOnce() {
        guard.given(CREATED).when(ADD).expectEvents(ADDED);
        guard.given(CREATED, ADDED).when(ADD).expectNoEvents().expectSuccessfulHandlerExecution();
        guard.givenNoPriorActivity().when(ADD).expectNoEvents().expectException(CommandRejected.class);
        RemoveGuardedVault remove = new RemoveGuardedVault(MAIN, PROD, NOON);
        guard.given(CREATED, ADDED).when(remove).expectEvents(REMOVED);
        guard.given(CREATED).when(remove).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void aVaultHasOneGuardOrNone() {
        SetGuard set = new SetGuard(PROXY, Optional.of(MAIN), NOON);
        SetGuard exchange = new SetGuard(PROXY, Optional.of(new GuardId("other")), NOON);
        SetGuard clear = new SetGuard(PROXY, Optional.empty(), NOON);
        VaultGuarded guarded = new VaultGuarded(PROXY, MAIN, NOON);
        VaultUnguarded unguarded = new VaultUnguarded(PROXY, NOON);
        proxy.givenNoPriorActivity().when(set).expectEvents(guarded);
        proxy.given(guarded).when(set).expectNoEvents().expectSuccessfulHandlerExecution();
        proxy.given(guarded).when(exchange).expectEvents(new VaultGuarded(PROXY, new GuardId("other"), NOON));
        proxy.given(guarded).when(clear).expectEvents(unguarded);
        proxy.givenNoPriorActivity().when(clear).expectNoEvents().expectSuccessfulHandlerExecution();
        proxy.given(guarded, unguarded)
                .when(new AskGuard(PROXY))
                .expectResultMessagePayload(new LinkedGuard(Optional.empty()));
        proxy.given(guarded).when(new AskGuard(PROXY)).expectResultMessagePayload(new LinkedGuard(Optional.of(MAIN)));
    }
}
