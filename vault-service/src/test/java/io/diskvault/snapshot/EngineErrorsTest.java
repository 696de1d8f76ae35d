package io.diskvault.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.job.JobError;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class EngineErrorsTest {

    private static JobError error(Exception failure) {
        return EngineErrors.failure("Backing up 'prod/web-1'", failure).error();
    }

    @Test
    void aFullFileSystemHasACodeOfItsOwn() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            IOException failure = assertThrows(IOException.class, () -> full.write(1));

            assertEquals("UserErrorNoSpaceLeft", error(failure).code());
            assertEquals(
                    "UserErrorNoSpaceLeft",
                    error(new IOException("The pack failed.", failure)).code());
            assertTrue(error(failure).retryable());
        }
        assertEquals(
                "UserErrorNoSpaceLeft",
                error(new FileSystemException("a", null, "Disk quota exceeded")).code());
    }

    @Test
    void otherErrorsOfTheSystemKeepTheirs() {
        assertEquals(
                "UserErrorAccessDenied", error(new AccessDeniedException("a")).code());
        assertEquals(
                "UserErrorManagedDiskNotFound",
                error(new NoSuchFileException("a")).code());
        assertEquals(
                "UserErrorInputOutput",
                error(new IOException("Input/output error")).code());
        assertThrows(IllegalArgumentException.class, () -> error(new IllegalStateException("ours")));
    }
}
