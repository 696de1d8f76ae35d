package io.diskvault.engine.datastore;

import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BiConsumer;

/// Directories in which a test sees or does something at a call.
final class Interposed {

    private Interposed() {}

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /// Does something before every call of one method.
    static Directory before(Directory files, String method, Action action) {
        return proxy(Directory.class, files, (called, _) -> {
            if (called.equals(method)) {
                try {
                    action.run();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    /// Is told the name of the file and the position of every read.
    static Directory reads(Directory files, BiConsumer<String, Long> reader) {
        return (Directory) Proxy.newProxyInstance(
                Directory.class.getClassLoader(), new Class<?>[] {Directory.class}, (_, method, arguments) -> {
                    Object answer = invoke(files, method, arguments);
                    return method.getName().equals("open") && answer instanceof InputFile file
                            ? proxy(InputFile.class, file, (called, given) -> {
                                if (called.equals("read")) {
                                    reader.accept((String) arguments[0], (Long) given[1]);
                                }
                            })
                            : answer;
                });
    }

    private static <T> T proxy(Class<T> type, T whole, BiConsumer<String, Object[]> before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    before.accept(method.getName(), arguments);
                    return invoke(whole, method, arguments);
                }));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
