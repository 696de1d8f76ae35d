/// The wiring of what the control plane stands on: Axon on the application's database, stored event names, the clock.
///
/// Nothing here knows a feature. A feature hands itself in as a [io.diskvault.command.FeatureModule].
@NullMarked
package io.diskvault.platform;

import org.jspecify.annotations.NullMarked;
