package io.diskvault.web;

/// An error as RFC 9457 writes it, with a stable code and what to do.
///
/// @param type what kind of problem; the code as a URI reference
/// @param code for programs; never changes once released
/// @param retryable whether the same request may succeed later without any change
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String recommendedAction,
        boolean retryable) {
    /// The media type of problems.
    public static final String MEDIA_TYPE = "application/problem+json";

    /// @param title the status in words
    public static Problem of(int status, String title, String code, String detail, String recommendedAction) {
        return new Problem(
                "urn:diskvault:problem:" + code, title, status, code, detail, recommendedAction, status >= 500);
    }
}
