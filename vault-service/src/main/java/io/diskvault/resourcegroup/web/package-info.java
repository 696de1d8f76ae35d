/// Resource groups over REST.
@NullMarked
package io.diskvault.resourcegroup.web;

import org.jspecify.annotations.NullMarked;
