/// Restore tests: recovery points are restored into a scratch place, compared with their manifest, checked and thrown
/// away; what was found is kept for ever.
///
/// A **restore test plan** says when a vault is tested, how much of it at a time, and how. A **proof** is a test in
/// which the content was right and no check failed. An instance is **overdue** when it has had none for as long as the
/// plan allows. Running the tests is the business of another module; this one decides, and remembers.
@NullMarked
package io.diskvault.restoretest;

import org.jspecify.annotations.NullMarked;
