/// Resource guards: multi-user authorization, as Azure calls it. A **resource guard** names **critical operations**;
/// in a vault that is linked with it nobody can do one alone. Whoever tries makes an **approval request**, which
/// another principal with the role Backup MUA Admin at the guard approves or denies; an approval lets the very same
/// thing through once. Which commands are critical operations is known to the package `critical` alone.
@NullMarked
package io.diskvault.guard;

import org.jspecify.annotations.NullMarked;
