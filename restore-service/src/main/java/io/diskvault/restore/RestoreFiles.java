package io.diskvault.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The two names that one restored file has on its way: first the job's own, hidden, then the disk's.
///
/// The job's name tells a later attempt that the file is whole and that it is this job's, even where the disk's name is
/// taken: by this very file, if the attempt before had come so far, or by somebody else's.
///
/// @param ours the job's own name; a file of this name is complete and synced
/// @param disk the disk's name
record RestoreFiles(Path ours, Path disk) {
    static RestoreFiles in(Path directory, String job, String fileName) {
        return new RestoreFiles(directory.resolve(".diskvault-restore-" + job), directory.resolve(fileName));
    }

    boolean isWhole() {
        return Files.exists(ours, LinkOption.NOFOLLOW_LINKS);
    }

    /// Gives the file the disk's name as well, if it has not got it.
    ///
    /// @throws FileAlreadyExistsException if another file has that name
    void publish() throws IOException {
        try {
            Files.createLink(disk, ours);
        } catch (FileAlreadyExistsException taken) {
            if (!Files.isSameFile(disk, ours)) {
                throw taken;
            }
        }
        sync();
    }

    /// Takes the disk's name away again, if it is this file that has it.
    void withdraw() throws IOException {
        if (isWhole() && Files.exists(disk, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(disk, ours)) {
            Files.delete(disk);
        }
        tidyUp();
    }

    /// Removes the job's own name, and what attempts that were killed left unfinished.
    void tidyUp() throws IOException {
        Files.deleteIfExists(ours);
        deleteUnfinished();
        sync();
    }

    void deleteUnfinished() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(
                directory(), file -> file.getFileName().toString().startsWith("." + ours.getFileName() + "."))) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path directory() {
        return ours.resolveSibling("");
    }
}
