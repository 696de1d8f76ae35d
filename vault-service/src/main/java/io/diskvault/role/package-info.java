/// Roles at work: who may give them to whom, and what the identity of a vault needs.
@NullMarked
package io.diskvault.role;

import org.jspecify.annotations.NullMarked;
