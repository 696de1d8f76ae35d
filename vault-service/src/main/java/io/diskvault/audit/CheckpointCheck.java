package io.diskvault.audit;

import io.diskvault.audit.CheckpointFiles.Found;
import io.diskvault.audit.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares checkpoints with a chain, and with each other.
final class CheckpointCheck {
    private final Links chain;
    private final List<PublicKey> trusted;
    private final Findings findings;
    private @Nullable Checkpoint newest;
    private long checked;

    /// What has to be known about the chain.
    interface Links {
        /// The hash of the link at a position; empty if the chain is shorter.
        Optional<String> hashAt(long position);

        /// The last position.
        long length();
    }

    /// @param trusted whose signatures count
    CheckpointCheck(Links chain, List<PublicKey> trusted, Findings findings) {
        this.chain = chain;
        this.trusted = trusted;
        this.findings = findings;
    }

    void checkDirectory(Path directory) throws IOException {
        Checkpoint before = null;
        for (String name : CheckpointFiles.names(directory)) {
            before = check(CheckpointFiles.read(directory, name), before);
        }
    }

    void checkTexts(List<String> texts) {
        Checkpoint before = null;
        for (int i = 0; i < texts.size(); i++) {
            before = check(new Found("the given checkpoint " + (i + 1), texts.get(i)), before);
        }
    }

    /// @param before the one that was checked before it in its directory
    /// @return the checkpoint, unless it cannot be read
    private @Nullable Checkpoint check(Found file, @Nullable Checkpoint before) {
        checked++;
        Optional<Checkpoint> read = Checkpoint.parse(file.text());
        if (read.isEmpty()) {
            findings.add(Finding.of(Kind.CHECKPOINT_FORGED, "%s is no checkpoint".formatted(file.name())));
            return null;
        }
        Checkpoint checkpoint = read.get();
        if (trusted.stream().noneMatch(checkpoint::isSignedBy)) {
            findings.add(Finding.of(
                    Kind.CHECKPOINT_FORGED,
                    checkpoint,
                    "%s is not signed by a key that is trusted here; it names the key %s"
                            .formatted(file.name(), checkpoint.key())));
            return checkpoint;
        }
        if (before != null
                && before.number() + 1 == checkpoint.number()
                && !checkpoint.previous().equals(before.textHash())) {
            findings.add(Finding.of(
                    Kind.CHECKPOINT_FORGED,
                    checkpoint,
                    "%s does not follow the checkpoint before it".formatted(file.name())));
        }
        compare(file, checkpoint, before);
        if (newest == null || newest.number() < checkpoint.number()) {
            newest = checkpoint;
        }
        return checkpoint;
    }

    private void compare(Found file, Checkpoint checkpoint, @Nullable Checkpoint before) {
        Optional<String> hash = chain.hashAt(checkpoint.events());
        if (hash.isEmpty()) {
            findings.add(Finding.of(
                    Kind.TAIL_CUT,
                    checkpoint,
                    "%s (%s) knows %d events, the last at the place %d; the chain ends with %d"
                            .formatted(
                                    file.name(),
                                    checkpoint.time(),
                                    checkpoint.events(),
                                    checkpoint.lastGlobalIndex(),
                                    chain.length())));
        } else if (!hash.get().equals(checkpoint.hash())) {
            findings.add(Finding.of(
                    Kind.REWRITTEN,
                    checkpoint,
                    "%s (%s) has another hash for the first %d events: some of them, after the first %d, were rewritten with the chain"
                            .formatted(
                                    file.name(),
                                    checkpoint.time(),
                                    checkpoint.events(),
                                    before == null ? 0 : before.events())));
        }
    }

    Optional<Checkpoint> newest() {
        return Optional.ofNullable(newest);
    }

    long checked() {
        return checked;
    }
}
