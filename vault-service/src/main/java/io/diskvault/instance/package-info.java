/// Backup instances: one disk, protected by one policy in one vault, with its recovery points.
///
/// The instance decides which backups are asked for and which points expire. It knows every live point, the last
/// **slot** that was decided, and the one backup that may run at a time.
@NullMarked
package io.diskvault.instance;

import org.jspecify.annotations.NullMarked;
