/// How the instances are.
///
/// A **finding** is something that is wrong with an instance from an instant on. Findings follow from what happened (a
/// **fact**), by a decision that reads no clock; so it is known beforehand when an instance will be degraded if nothing
/// happens, and a table of 5,000 instances can be asked for those that are by now.
@NullMarked
package io.diskvault.health;

import org.jspecify.annotations.NullMarked;
