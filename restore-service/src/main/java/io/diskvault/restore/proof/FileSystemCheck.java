package io.diskvault.restore.proof;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.job.JobRun;
import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.CheckResult.Outcome;
import io.diskvault.restoretest.TestTerms;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks the file systems on a restored copy with the tools that are installed, which only read. What is not known or
/// cannot be checked is said to be not checked, and never to have passed.
@Singleton
class FileSystemCheck {
    /// Some tools take whole files only: what lies within a disk is copied for them, if it is not larger.
    private static final long COPIED_MAX = 2L << 30;

    private static final int COPY_BYTES = 1 << 20;

    /// @param copy a path by which other programs find it, too
    /// @param part where a part of it can be copied to for a while
    List<CheckResult> run(TestTerms terms, Path copy, Path part, JobRun run) throws IOException {
        List<CheckResult> results = new ArrayList<>();
        if (terms.fileSystem()) {
            try (DiskSource disk = DiskSource.open(copy)) {
                for (Volume volume : Volumes.of(disk)) {
                    FileSystemKind kind = FileSystemKind.of(disk, volume);
                    results.add(new OneCheck(terms, copy, part, run, disk, volume, kind).look());
                }
            }
        }
        return results;
    }

    private record OneCheck(
            TestTerms terms, Path copy, Path part, JobRun run, DiskSource disk, Volume volume, FileSystemKind kind) {
        private String name() {
            return "fileSystem " + volume.name();
        }

        CheckResult look() throws IOException {
            return switch (kind) {
                case EXT -> ext();
                case FAT12, FAT16, FAT32 -> onFile("fsck.fat", "dosfstools", "-n");
                case NTFS -> onFile("ntfsfix", "ntfs-3g", "-n");
                case XFS, BTRFS, LUKS, LVM, SWAP, UNKNOWN ->
                    notChecked("It begins with %s, for which there is no check.".formatted(kind.text()));
            };
        }

        private CheckResult notChecked(String why) {
            return new CheckResult(name(), Outcome.NOT_CHECKED, why, 0);
        }

        private CheckResult ext() throws IOException {
            Optional<Path> tool = Tool.find("e2fsck");
            if (tool.isEmpty()) {
                return missing("e2fsck", "e2fsprogs");
            }
            String device = volume.start() == 0 ? copy.toString() : copy + "?offset=" + volume.start();
            Tool.Ended ended = Tool.run(
                    List.of(tool.get().toString(), "-fn", device), Map.of(), terms.checkTimeLimit(), run::cancelled);
            CheckResult result = Checks.result(name(), ended, terms.checkTimeLimit(), status -> status == 0);
            // A snapshot of a mounted disk: what its journal holds is not yet where it belongs.
            return result.outcome() == Outcome.FAILED && ended.output().contains("skipping journal recovery")
                    ? Checks.of(
                            name(),
                            Outcome.NOT_CHECKED,
                            "Its journal is not replayed, as when a mounted disk is backed up, so that a check which only"
                                    + " reads says nothing.",
                            ended)
                    : result;
        }

        private CheckResult onFile(String program, String debianPackage, String option) throws IOException {
            Optional<Path> tool = Tool.find(program);
            if (tool.isEmpty()) {
                return missing(program, debianPackage);
            }
            boolean whole = volume.start() == 0 && volume.length() == disk.sizeBytes();
            if (!whole && volume.length() > COPIED_MAX) {
                return notChecked(
                        "%s takes whole files only, and this part of the disk has %d bytes; up to %d are copied."
                                .formatted(program, volume.length(), COPIED_MAX));
            }
            try {
                if (!whole) {
                    copyOut();
                }
                Path file = whole ? copy : part;
                Tool.Ended ended = Tool.run(
                        List.of(tool.get().toString(), option, file.toString()),
                        Map.of(),
                        terms.checkTimeLimit(),
                        run::cancelled);
                return Checks.result(name(), ended, terms.checkTimeLimit(), status -> status == 0);
            } finally {
                Files.deleteIfExists(part);
            }
        }

        private CheckResult missing(String program, String debianPackage) {
            return notChecked("It is %s, and %s is not installed on the server (Debian: apt install %s)."
                    .formatted(kind.text(), program, debianPackage));
        }

        private void copyOut() throws IOException {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(new byte[1]), volume.length() - 1);
                long end = volume.start() + volume.length();
                for (long at = volume.start(); at < end && !run.cancelled(); at += COPY_BYTES) {
                    ByteBuffer some = ByteBuffer.allocate((int) Math.min(COPY_BYTES, end - at));
                    disk.read(some, at);
                    if (some.flip().mismatch(ByteBuffer.allocate(some.limit())) >= 0) {
                        out.write(some, at - volume.start());
                    }
                }
            }
        }
    }
}
