package io.diskvault.app.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// A path below `/api/v1`, with its query. Segments and values are escaped: a name with a slash stays one segment.
public final class ApiPath {
    private final String path;

    private ApiPath(String path) {
        this.path = path;
    }

    public static ApiPath of(String... segments) {
        return new ApiPath(
                Arrays.stream(segments).map(ApiPath::escaped).collect(Collectors.joining("/", "/api/v1/", "")));
    }

    public ApiPath with(String name, String value) {
        return new ApiPath(path + (path.contains("?") ? "&" : "?") + escaped(name) + "=" + escaped(value));
    }

    public ApiPath with(String name, Optional<String> value) {
        return value.map(given -> with(name, given)).orElse(this);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return path;
    }
}
