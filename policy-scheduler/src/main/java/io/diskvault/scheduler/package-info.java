/// When backups start and recovery points expire.
///
/// A **slot** is one scheduled instant of one instance. Which slots are due follows from the instance's recorded
/// history and the policy's schedule ([DueSlots]); Quartz only rings, and may do so late, twice or not at all. An
/// **alarm** is the Quartz trigger at a policy's next slot; the **sweep** wakes all policies every few minutes, so that
/// a lost alarm costs minutes and not a backup. Every node may do everything here at any time: instances take each slot
/// once.
@NullMarked
package io.diskvault.scheduler;

import org.jspecify.annotations.NullMarked;
