/// Backup instances, on-demand backups and recovery points over REST.
@NullMarked
package io.diskvault.instance.web;

import org.jspecify.annotations.NullMarked;
