package io.diskvault.vault;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a vault holds, by the names of their streams: `policy:prod/gold`, `instance:prod/web-1`. An instance that is
/// deleted and not purged yet is a member of another kind.
final class VaultMembers {
    /// In a refusal; whoever holds more can list them.
    private static final int NAMED_MAX = 5;

    @JsonProperty
    private final Set<String> members = new LinkedHashSet<>();

    boolean contains(String member) {
        return members.contains(member);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void add(String member) {
        members.add(member);
    }

    void remove(String member) {
        members.remove(member);
    }

    /// As in "1 backup policy (gold) and 2 backup instances (web-1, web-2)".
    String described() {
        return Stream.of(
                        described("instance", "backup instance", "backup instances"),
                        described("deleted-instance", "deleted backup instance", "deleted backup instances"),
                        described("policy", "backup policy", "backup policies"),
                        described("restore-test-plan", "restore test plan", "restore test plans"))
                .filter(kind -> !kind.isEmpty())
                .collect(joining(", "));
    }

    private String described(String kind, String one, String many) {
        List<String> names = members.stream()
                .filter(member -> member.startsWith(kind + ":"))
                .map(member -> member.substring(Math.max(member.indexOf('/'), kind.length()) + 1))
                .toList();
        if (names.isEmpty()) {
            return "";
        }
        String shown = names.stream().limit(NAMED_MAX).collect(joining(", "));
        return "%d %s (%s%s)"
                .formatted(names.size(), names.size() == 1 ? one : many, shown, names.size() > NAMED_MAX ? ", …" : "");
    }
}
