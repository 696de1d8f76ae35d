package io.diskvault.files;

import java.io.InputStream;
import java.util.OptionalLong;

/// A file or a folder on its way to somebody. The stream must be closed.
///
/// @param length how much the stream gives; empty where that is known at its end only
/// @param name what to call it, as the disk does: it may hold anything but slashes
public record Download(InputStream stream, OptionalLong length, String name, String mediaType) {}
