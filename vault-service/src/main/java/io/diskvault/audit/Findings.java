package io.diskvault.audit;

import java.util.ArrayList;
import java.util.List;

/// Collects findings: the first ones in full, the others as a number.
final class Findings {
    /// An attacker who changed everything must not fill the memory, too.
    private static final int LISTED_MAX = 1000;

    private final List<Finding> listed = new ArrayList<>();
    private long count;

    void add(Finding finding) {
        count++;
        if (listed.size() < LISTED_MAX) {
            listed.add(finding);
        }
    }

    List<Finding> listed() {
        return List.copyOf(listed);
    }

    long count() {
        return count;
    }
}
