/// TLS from certificate and key files, which may be exchanged while the server runs.
///
/// A *certified key* is a private key with the certificate that names its public half, and the certificates of those
/// who vouch for it.
@NullMarked
package io.diskvault.web.tls;

import org.jspecify.annotations.NullMarked;
