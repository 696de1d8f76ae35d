package io.diskvault.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.source.DiskSource;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [Directory] must do, the real one and the one that tests play with.
interface DirectoryContract {

    Directory directory();

    private void write(String name, String text) throws IOException {
        try (OutputFile file = directory().create(name)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
    }

    private String read(String name) throws IOException {
        try (InputFile file = directory().open(name)) {
            return new String(file.readAll(1000), StandardCharsets.UTF_8);
        }
    }

    @Test
    default void readsWhatWasWrittenAnywhereInAFile() throws IOException {
        try (OutputFile file = directory().create("a")) {
            file.setLength(6);
            file.write(ByteBuffer.wrap(new byte[] {5, 6}), 4);
            file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
            file.sync();
        }
        try (InputFile file = directory().open("a")) {
            assertEquals(6, file.sizeBytes());
            assertArrayEquals(new byte[] {1, 2, 0, 0, 5, 6}, file.readAll(6));
            assertArrayEquals(new byte[] {1, 2, 0, 0, 5, 6}, file.map().toArray(ValueLayout.JAVA_BYTE));
            assertThrows(EOFException.class, () -> file.read(ByteBuffer.allocate(3), 4));
            assertThrows(IOException.class, () -> file.readAll(5));
        }
    }

    @Test
    default void neverCreatesAFileTwice() throws IOException {
        write("a", "first");

        assertThrows(FileAlreadyExistsException.class, () -> directory().create("a"));
        assertEquals("first", read("a"));
    }

    @Test
    default void publishesWithoutReplacing() throws IOException {
        write("a", "old");
        write("b", "new");

        assertThrows(FileAlreadyExistsException.class, () -> directory().publish("b", "a"));
        assertEquals("old", read("a"));
        assertEquals("new", read("b"));
        directory().publish("b", "c");
        assertEquals("new", read("c"));
        assertFalse(directory().exists("b"));
    }

    @Test
    default void replacesWhenAsked() throws IOException {
        write("a", "old");
        write("b", "new");

        directory().replace("b", "a");

        assertEquals("new", read("a"));
        assertFalse(directory().exists("b"));
    }

    @Test
    default void deletesAndSaysWhetherThereWasSomething() throws IOException {
        write("a", "text");

        assertTrue(directory().delete("a"));
        assertFalse(directory().delete("a"));
        assertThrows(NoSuchFileException.class, () -> directory().open("a"));
    }

    @Test
    default void tellsFilesWhoseOwnersLiveFromAbandonedOnes() throws IOException {
        OutputFile owned = directory().createLocked("a");
        owned.write(ByteBuffer.wrap(new byte[] {1}), 0);
        assertThrows(FileAlreadyExistsException.class, () -> directory().createLocked("a"));
        assertFalse(directory().deleteAbandoned("a"));
        assertFalse(directory().deleteAbandoned("a"));
        // A reader who comes and goes does not set the lock free.
        assertEquals("\u0001", read("a"));
        assertFalse(directory().deleteAbandoned("a"));
        assertTrue(directory().exists("a"));

        owned.close();

        assertTrue(directory().exists("a"));
        assertTrue(directory().deleteAbandoned("a"));
        assertFalse(directory().exists("a"));
        assertTrue(directory().deleteAbandoned("a"));
    }

    @Test
    default void deletesAFileThatWasNeverLocked() throws IOException {
        write("a", "text");

        assertTrue(directory().deleteAbandoned("a"));
        assertFalse(directory().exists("a"));
    }

    @Test
    default void letsAnOwnerDeleteItsLockedFile() throws IOException {
        OutputFile owned = directory().createLocked("a");
        assertTrue(directory().delete("a"));
        directory().createLocked("a").close();
        owned.close();

        assertTrue(directory().deleteAbandoned("a"));
        assertThrows(NoSuchFileException.class, () -> directory().createLocked("absent/x"));
    }

    @Test
    default void changesAFileWhereItLies() throws IOException {
        write("a", "old content");

        try (ExistingFile file = directory().openLocked("a")) {
            assertEquals(11, file.sizeBytes());
            file.setLength(20);
            try (DiskSource content = file.content()) {
                file.write(ByteBuffer.wrap(new byte[] {'n', 'e', 'w'}), 0);
                file.clear(4, 3);
                file.clear(18, 2);
                ByteBuffer found = ByteBuffer.allocate(20);
                content.read(found, 0);
                assertEquals("new \0\0\0tent\0\0\0\0\0\0\0\0\0", new String(found.array(), StandardCharsets.UTF_8));
            }
            assertEquals(0, file.content().dataFrom(0).orElseThrow().offset());
            file.setLength(4);
            file.sync();
        }

        assertEquals("new ", read("a"));
        assertThrows(NoSuchFileException.class, () -> directory().openLocked("b"));
    }

    @Test
    default void letsNobodyElseChangeAFileWhereItLies() throws IOException {
        try (OutputFile created = directory().createLocked("a")) {
            created.setLength(3);
            assertThrows(FileInUseException.class, () -> directory().openLocked("a"));
        }
        try (ExistingFile file = directory().openLocked("a")) {
            assertEquals(3, file.sizeBytes());
            assertThrows(FileInUseException.class, () -> directory().openLocked("a"));
            assertFalse(directory().deleteAbandoned("a"));
        }
        assertTrue(directory().deleteAbandoned("a"));
    }

    @Test
    default void keepsDirectoriesApart() throws IOException {
        directory().createDirectory("d");
        directory().createDirectory("d");
        directory().createDirectory("d/e");
        write("d/x", "x");
        write("y", "y");
        directory().syncDirectory("d");
        directory().syncDirectory("");

        assertEquals(List.of("e", "x"), directory().list("d").stream().sorted().toList());
        assertEquals(List.of("d", "y"), directory().list("").stream().sorted().toList());
        assertEquals(List.of(), directory().list("absent"));
        assertTrue(directory().exists("d/e"));
        assertThrows(NoSuchFileException.class, () -> directory().create("absent/x"));
        assertThrows(NoSuchFileException.class, () -> directory().syncDirectory("absent"));
    }
}
