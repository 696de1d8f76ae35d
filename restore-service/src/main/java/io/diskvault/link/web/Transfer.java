package io.diskvault.link.web;

import io.diskvault.link.PointStream;

/// The body of a download.
///
/// @param length how much the stream gives
record Transfer(PointStream stream, long length) {}
