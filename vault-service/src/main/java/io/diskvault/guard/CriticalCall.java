package io.diskvault.guard;

/// One thing that somebody wants to do, as an approver reads it. An approval is for these very words.
///
/// @param resource what it is done to: `vault:prod`, `instance:prod/web-1`, `policy:prod/gold`, `guard:main`
/// @param detail what is done, with everything that matters
public record CriticalCall(CriticalOperation operation, String resource, String detail) {}
