package io.diskvault.job;

/// Why a job failed, for people and programs.
///
/// @param code stable
/// @param message names the thing and what was expected
/// @param recommendedAction what to do
/// @param retryable whether the same job may succeed later without any change
public record JobError(String code, String message, String recommendedAction, boolean retryable) {}
