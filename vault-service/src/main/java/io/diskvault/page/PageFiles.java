package io.diskvault.page;

import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The files of the page as they lie on the class path, each read once. There are a few dozen, and only those that
/// exist are kept.
@Singleton
final class PageFiles {
    private static final String ROOT = "page/";

    /// Names that lead to no other directory.
    private static final Pattern PATH = Pattern.compile("([a-z][a-z0-9.-]*/)*[a-z][a-z0-9.-]*\\.[a-z]+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    Optional<PageFile> find(String path) {
        PageFile known = read.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PageFile> found = read(path);
        found.ifPresent(file -> read.put(path, file));
        return found;
    }

    private static Optional<PageFile> read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(ROOT + path)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(new PageFile(in.readAllBytes(), MediaType.of(type)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
