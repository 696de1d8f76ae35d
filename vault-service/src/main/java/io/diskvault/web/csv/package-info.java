/// Lists as CSV (RFC 4180), for whoever asks with `Accept: text/csv`: the same filters, pages and permissions as in
/// JSON, since it is the same answer written in another way.
@NullMarked
package io.diskvault.web.csv;

import org.jspecify.annotations.NullMarked;
