package io.diskvault.engine.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JSON object whose values are plain strings and whole numbers: all that the text files of a datastore need.
/// Strings with escapes are not among what it writes, and are refused.
final class FlatJson {

    private static final Pattern MEMBER =
            Pattern.compile("\\s*\"([A-Za-z0-9]+)\"\\s*:\\s*(?:\"([^\"\\\\\\p{Cntrl}]*)\"|(\\d{1,18}))\\s*");

    private FlatJson() {}

    static String write(SequencedMap<String, Object> members) {
        StringBuilder text = new StringBuilder("{");
        String separator = "\n";
        for (Map.Entry<String, Object> member : members.entrySet()) {
            text.append(separator).append("  \"").append(member.getKey()).append("\": ");
            text.append(member.getValue() instanceof String string ? '"' + string + '"' : member.getValue());
            separator = ",\n";
        }
        return text.append("\n}\n").toString();
    }

    /// The members as text, in the order of the file; empty when the file is no such object.
    static Optional<SequencedMap<String, String>> read(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            return Optional.empty();
        }
        LinkedHashMap<String, String> members = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(trimmed);
        int at = 1;
        int end = trimmed.length() - 1;
        while (at < end) {
            matcher.region(at, end);
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            at = matcher.end();
            boolean last = at == end;
            if (members.put(matcher.group(1), value) != null || (!last && trimmed.charAt(at) != ',')) {
                return Optional.empty();
            }
            at++;
        }
        return Optional.of(members);
    }
}
