package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.format.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The datastore's JSON files with something replaced and the checksum set right, as another version would write them,
/// and as anybody could.
final class ForgedJson {

    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": \"?([^\",\n]*)\"?");

    private ForgedJson() {}

    static String with(String text, String from, String to) {
        assertTrue(text.contains(from), text);
        String changed = text.replace(from, to);
        StringBuilder lines = new StringBuilder();
        Matcher members = MEMBER.matcher(changed);
        while (members.find()) {
            if (!members.group(1).equals("checksum")) {
                lines.append(members.group(1))
                        .append('=')
                        .append(members.group(2))
                        .append('\n');
            }
        }
        byte[] digest = Checksum.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
        return changed.replaceAll(
                "\"checksum\": \"[0-9a-f]+\"",
                "\"checksum\": \"" + HexFormat.of().formatHex(digest) + "\"");
    }

    static void forge(Path file, String from, String to) throws IOException {
        Files.writeString(file, with(Files.readString(file), from, to));
    }
}
