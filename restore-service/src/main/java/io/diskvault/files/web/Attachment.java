package io.diskvault.files.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The field that tells a browser to save what it gets, and under what name (RFC 6266). The name was written by
/// anybody: nothing in it may end the field, or lead out of the folder for downloads.
final class Attachment {
    private static final int NAME_CHARACTERS_MAX = 200;

    private Attachment() {}

    static String of(String name) {
        String safe = name.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        String end = safe.substring(Math.max(0, safe.length() - NAME_CHARACTERS_MAX));
        String encoded = URLEncoder.encode(end, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(end.replaceAll("[^A-Za-z0-9._ -]", "_"), encoded);
    }
}
