package io.diskvault.link.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.link.web.ByteRange.Part;
import io.diskvault.link.web.ByteRange.Unsatisfiable;
import io.diskvault.link.web.ByteRange.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-999, 0, 1000",
        "bytes=0-1000, 0, 1000",
        "bytes=10-, 10, 990",
        "bytes=999-, 999, 1",
        "bytes=500-999999999999999999, 500, 500",
        "bytes=-1, 999, 1",
        "bytes=-1000, 0, 1000",
        "bytes=-2000, 0, 1000",
        "BYTES = 1 - 2, 1, 2",
    })
    void aRangeIsThatPartOfTheFileAsFarAsItGoes(String header, long first, long length) {
        assertEquals(new Part(first, length), ByteRange.of(header, SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1000", "bytes=-0", "bytes=999999999999999999-"})
    void whatIsNotThereCannotBeGiven(String header) {
        assertEquals(new Unsatisfiable(), ByteRange.of(header, SIZE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=2-1",
                "bytes=0-1,5-6",
                "lines=0-1",
                "bytes=a-b",
                "bytes=--1",
                "bytes=0-1x",
                "bytes=99999999999999999999-"
            })
    void whatIsNoRangeGetsTheWholeFile(String header) {
        assertEquals(new Whole(), ByteRange.of(header, SIZE));
    }

    @Test
    void withoutARangeItIsTheWholeFile() {
        assertEquals(new Whole(), ByteRange.of(null, SIZE));
    }

    @Test
    void anEmptyFileHasNoParts() {
        assertEquals(new Unsatisfiable(), ByteRange.of("bytes=0-", 0));
        assertEquals(new Unsatisfiable(), ByteRange.of("bytes=-1", 0));
    }
}
