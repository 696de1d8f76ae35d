package io.diskvault.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A stretch of a disk that holds a file system, or might.
///
/// @param number of the partition, as Linux counts; 0 where the disk has no partitions
/// @param name that the partition table gives it
/// @param start in bytes
/// @param size in bytes
/// @param kind what is in it; empty if that is not known
/// @param label of the file system
/// @param readable whether its files can be listed
/// @param problem what the reader said if it should be readable and is not
/// @param notes what to know about its files, as the reader names it
public record Volume(
        int number,
        String name,
        long start,
        long size,
        String kind,
        String label,
        boolean readable,
        String problem,
        List<String> notes) {
    private static final Map<String, String> UNREADABLE = Map.ofEntries(
            Map.entry("luks", "It is encrypted with LUKS."),
            Map.entry("bitlocker", "It is encrypted with BitLocker."),
            Map.entry("lvm", "It belongs to a volume group of LVM; the file systems are in its logical volumes."),
            Map.entry("mdraid", "It belongs to a RAID of Linux."),
            Map.entry("swap", "It is swap space."),
            Map.entry("btrfs", "Btrfs cannot be read here."),
            Map.entry("xfs", "XFS cannot be read here."),
            Map.entry("zfs", "ZFS cannot be read here."),
            Map.entry("f2fs", "F2FS cannot be read here."),
            Map.entry("hfsplus", "HFS+ cannot be read here."),
            Map.entry("apfs", "APFS cannot be read here."),
            Map.entry("refs", "ReFS cannot be read here."),
            Map.entry("exfat", "exFAT cannot be read here."),
            Map.entry("squashfs", "SquashFS cannot be read here."),
            Map.entry("iso9660", "ISO 9660 cannot be read here."));

    private static final String CRASHED =
            "It was in use when the disk was backed up, and its journal is not replayed here: what was written last may be"
                    + " missing or old.";

    private static final Map<String, String> NOTES = Map.of(
            "journal",
            CRASHED,
            "dirty",
            CRASHED,
            "truncated",
            "It is larger than the place where it is: what lies beyond its end cannot be read.",
            "encryption",
            "Some of its folders are encrypted: names and content in them are of no use.");

    public Volume {
        notes = List.copyOf(notes);
    }

    /// Why its files cannot be listed.
    public Optional<String> obstacle() {
        if (readable) {
            return Optional.empty();
        }
        if (!problem.isEmpty()) {
            return Optional.of("Its file system is damaged: " + problem);
        }
        return Optional.of(UNREADABLE.getOrDefault(kind, "There is no file system in it that is known here."));
    }

    /// What to know about its files, in sentences.
    public List<String> remarks() {
        return notes.stream()
                .map(note -> NOTES.getOrDefault(note, note))
                .distinct()
                .toList();
    }
}
