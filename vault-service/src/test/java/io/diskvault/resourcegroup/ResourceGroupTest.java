package io.diskvault.resourcegroup;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.CreateResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupCommand.DeleteResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupDeleted;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberAdded;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberRemoved;
import java.time.Instant;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ResourceGroupTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final ResourceGroupId DISKS = new ResourceGroupId("vm-disks");
    private static final String MEMBER = "disk:vm-disks/web-1";

    private static final CreateResourceGroup CREATE = new CreateResourceGroup(DISKS, "/var/lib/disks", null, NOON);
    private static final ResourceGroupCreated CREATED = new ResourceGroupCreated(DISKS, "/var/lib/disks", null, NOON);
    private static final ResourceGroupDeleted DELETED = new ResourceGroupDeleted(DISKS, NOON);
    private static final AddResourceGroupMember ADD = new AddResourceGroupMember(DISKS, MEMBER, NOON);
    private static final ResourceGroupMemberAdded ADDED = new ResourceGroupMemberAdded(DISKS, MEMBER, NOON);
    private static final RemoveResourceGroupMember REMOVE = new RemoveResourceGroupMember(DISKS, MEMBER, NOON);
    private static final ResourceGroupMemberRemoved REMOVED = new ResourceGroupMemberRemoved(DISKS, MEMBER, NOON);

    private final FixtureConfiguration<ResourceGroup> group = new AggregateTestFixture<>(ResourceGroup.class);

    @Test
    void isCreatedOnce() {
        group.givenNoPriorActivity().when(CREATE).expectEvents(CREATED);
        group.given(CREATED).when(CREATE).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesToBecomeAnotherDirectory() {
        group.given(CREATED)
                .when(new CreateResourceGroup(DISKS, "/srv/disks", null, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("/var/lib/disks"));
        group.given(CREATED)
                .when(new CreateResourceGroup(DISKS, "/var/lib/disks", "/backup", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void isDeletedOnlyWhenEmpty() {
        group.given(CREATED, ADDED)
                .when(new DeleteResourceGroup(DISKS, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(MEMBER));
        group.given(CREATED, ADDED, REMOVED)
                .when(new DeleteResourceGroup(DISKS, NOON))
                .expectEvents(DELETED);
    }

    @Test
    void aDeletedOnesNameIsUsedAgain() {
        group.given(CREATED, DELETED)
                .when(new CreateResourceGroup(DISKS, null, "/backup", NOON))
                .expectEvents(new ResourceGroupCreated(DISKS, null, "/backup", NOON));
    }

    @Test
    void refusesWhatNeedsAGroupThatIsNotThere() {
        group.givenNoPriorActivity()
                .when(new DeleteResourceGroup(DISKS, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        group.given(CREATED, DELETED).when(ADD).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void membersComeAndGoOnce() {
        group.given(CREATED).when(ADD).expectEvents(ADDED);
        group.given(CREATED, ADDED).when(ADD).expectNoEvents().expectSuccessfulHandlerExecution();
        group.given(CREATED, ADDED).when(REMOVE).expectEvents(REMOVED);
        group.given(CREATED, ADDED, REMOVED).when(REMOVE).expectNoEvents().expectSuccessfulHandlerExecution();
    }
}
