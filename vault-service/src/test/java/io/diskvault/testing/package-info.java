/// The whole control plane in a test, on either database.
package io.diskvault.testing;
