package io.diskvault.app.remote;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A name inside a scope: `vault/instance` or `group/disk`.
public record QualifiedName(String scope, String name) {
    @Override
    public String toString() {
        return scope + "/" + name;
    }

    /// Takes exactly two names with one slash between them.
    public static final class Converter implements ITypeConverter<QualifiedName> {
        @Override
        public QualifiedName convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new TypeConversionException("'" + text + "' is not of the form SCOPE/NAME, like prod/web-1");
            }
            return new QualifiedName(parts[0], parts[1]);
        }
    }
}
