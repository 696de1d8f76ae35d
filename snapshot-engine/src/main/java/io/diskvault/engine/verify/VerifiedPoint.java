package io.diskvault.engine.verify;

import io.diskvault.engine.manifest.Manifest;

/// A recovery point to be verified.
///
/// @param file the name of its record in the datastore
public record VerifiedPoint(String disk, String id, String file, Manifest manifest) {}
