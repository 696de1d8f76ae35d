/// The web page for operators: static files from the class path, below `/page`. They show what the REST API tells and
/// know nothing else; see ADR 28.
@NullMarked
package io.diskvault.page;

import org.jspecify.annotations.NullMarked;
