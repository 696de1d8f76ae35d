package io.diskvault.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Says who asks right now: whoever sent the request that this thread handles, or the server's own work.
public final class Callers {
    /// Nobody has signed in, as at the sign-in itself.
    static final String ANONYMOUS = "anonymous";

    private static final ScopedValue<Caller> WORK = ScopedValue.newInstance();

    private Callers() {}

    /// Always somebody: the server's own work too has a name.
    public static Caller current() {
        if (WORK.isBound()) {
            return WORK.get();
        }
        return ServerRequestContext.currentRequest().map(Callers::of).orElseGet(() -> system(Caller.SYSTEM, random()));
    }

    /// Who sent a command, or caused an event.
    public static String principalOf(Map<String, ?> metadata) {
        return String.valueOf(metadata.get(Caller.PRINCIPAL));
    }

    /// Whether this is the server's own work, which does what somebody was allowed to ask for, and not a request of
    /// the process to itself.
    public static boolean isOwnWork(String principal) {
        return principal.equals(Caller.SYSTEM)
                || (principal.startsWith(Caller.SYSTEM + ":") && !principal.equals(Principals.PROCESS));
    }

    /// Does a piece of the server's own work under a name.
    ///
    /// @param part which part of the server works: `scheduler`, `worker`
    public static void as(String part, Runnable work) {
        as(part, random(), work);
    }

    /// @param occasion what the work is done for, like the id of a job; ties together what it writes
    public static void as(String part, String occasion, Runnable work) {
        ScopedValue.where(WORK, system(Caller.SYSTEM + ":" + part, occasion)).run(work);
    }

    /// Does what somebody asks for who has signed in with nothing but a secret.
    ///
    /// @param principal whom the secret stands for
    /// @param address from where it was sent
    public static void asHolder(String principal, String address, Runnable work) {
        ScopedValue.where(
                        WORK, new Caller(principal, Optional.empty(), current().request(), address))
                .run(work);
    }

    private static Caller of(HttpRequest<?> request) {
        return new Caller(
                request.getUserPrincipal().map(Principal::getName).orElse(ANONYMOUS),
                SignedIn.of(request)
                        .flatMap(SignedIn::token)
                        .map(token -> token.value().toString()),
                RequestIdFilter.idOf(request).orElseGet(Callers::random),
                addressOf(request.getRemoteAddress()));
    }

    private static String addressOf(InetSocketAddress remote) {
        return remote.getAddress() == null
                ? remote.getHostString()
                : remote.getAddress().getHostAddress();
    }

    private static Caller system(String name, String occasion) {
        return new Caller(name, Optional.empty(), occasion, Caller.LOCAL);
    }

    static String random() {
        return UUID.randomUUID().toString();
    }
}
