/// Instant restore: recovery points served as disks over NBD, for as long as somebody needs them.
///
/// An **export** is of one recovery point, and keeps it: until the export has ended, nothing expires the point, and
/// nothing collects what it needs. An export ends when somebody ends it, when nobody was connected for its **idle
/// time**, and when its maker may not export any more. The server may stop or crash meanwhile; the next start serves
/// it again under the same name.
///
/// What is written to a **writable** export goes to an **overlay**, a file of the server, and never to the datastore.
/// Such an export does not end by itself once something was written: somebody **keeps** the changes, by a job that
/// makes them a recovery point, or says that they may go.
///
/// Every export is served on a **socket** that only the server's own user can connect to, and those that were asked to
/// be on the port where links are, too, under a secret.
@NullMarked
package io.diskvault.export;

import org.jspecify.annotations.NullMarked;
