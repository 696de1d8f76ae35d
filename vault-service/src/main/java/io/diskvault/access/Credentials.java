package io.diskvault.access;

/// Says whether what somebody signed in with still counts, for those whose answers take long. Each way to sign in
/// speaks for itself.
public interface Credentials {
    boolean stillCount(SignedIn who);
}
