package io.diskvault.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a caller must be allowed to do to use an endpoint. Every endpoint has one; without, nobody gets in.
///
/// It must be allowed at the scope that the address names: by `{group}` and `{disk}`, by `{vault}`, by `{guard}`,
/// otherwise on the server.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allow {
    Permission value();

    /// Whether everybody is let in, and the endpoint itself shows or does only what is allowed to the caller: lists,
    /// and what says only in its body or by its id where it belongs.
    boolean checkedInside() default false;
}
