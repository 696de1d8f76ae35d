package io.diskvault.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048524, 1023.9 KiB",
        "1048575, 1.0 MiB",
        "1073741824, 1.0 GiB",
        "8589934592, 8.0 GiB",
        "9223372036854775807, 8.0 EiB",
    })
    void countsInPowersOf1024(long bytes, String text) {
        assertEquals(text, ByteSize.of(bytes));
    }

    @Test
    void givesARateOnlyWhenTimeHasPassed() {
        assertEquals("512.0 MiB/s", ByteSize.perSecond(1L << 30, 2_000_000_000L));
        assertEquals("-", ByteSize.perSecond(1L << 30, 0));
    }
}
