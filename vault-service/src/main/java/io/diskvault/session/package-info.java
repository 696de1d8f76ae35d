/// Who is signed in with a browser. A **session** is made from a token and ends with it; the browser has a secret for
/// it in a cookie, and a **CSRF token** that only pages of this server can read. See ADR 17.
@NullMarked
package io.diskvault.session;

import org.jspecify.annotations.NullMarked;
