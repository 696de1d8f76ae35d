package io.diskvault.testing;

import java.lang.reflect.Proxy;
import java.util.Map;

/// A table of which only some methods are asked for; any other is an error.
public final class MemoryTable {
    /// What a method answers.
    public interface Answer {
        Object to(Object argument);
    }

    private MemoryTable() {}

    /// @param answers by the names of methods with one argument
    public static <T> T of(Class<T> table, Map<String, Answer> answers) {
        return table.cast(Proxy.newProxyInstance(
                table.getClassLoader(), new Class<?>[] {table}, (_, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.to(arguments[0]);
                }));
    }
}
