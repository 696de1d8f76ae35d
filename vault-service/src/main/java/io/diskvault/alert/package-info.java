/// Alerts: what the operator should know about, one for each cause.
///
/// A **cause** is a kind and a subject: the failed backups of one instance, one full datastore. Its alert is
/// [io.diskvault.alert.AlertState#NEW] until somebody acknowledges or closes it, counts what happens again, is closed
/// by itself when the cause is gone, and is opened again by the next occurrence.
///
/// This package knows no feature. What happens is told to it through [io.diskvault.alert.Alerts]; what only time
/// brings about is a [io.diskvault.alert.Condition].
@NullMarked
package io.diskvault.alert;

import org.jspecify.annotations.NullMarked;
