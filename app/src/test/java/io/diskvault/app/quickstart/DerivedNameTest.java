package io.diskvault.app.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerivedNameTest {
    @ParameterizedTest
    @CsvSource({
        "web-1, web-1",
        "web_1 (copy), web-1-copy",
        "2026, disk-2026",
        "--, disk",
        "'', disk",
        "x, x-disk",
        "Größe, Gr-e",
    })
    void keepsWhatANameMayHold(String text, String name) {
        assertEquals(name, DerivedName.of(text, "disk", Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "ü",
                "a",
                "1",
                "a.b",
                "-a-",
                "0123456789",
                "日本語",
                "a very long name of a disk that nobody would ever type -------- x"
            })
    void alwaysFollowsTheServersRule(String text) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String name = DerivedName.of(text, "disk", taken);
            assertTrue(name.matches("^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$"), name);
            assertTrue(name.length() >= 2 && name.length() <= 50, name);
            assertTrue(taken.add(name), name + " was given twice");
        }
    }

    @Test
    void takesTheLastExtensionAway() {
        assertEquals("disk.tar", DerivedName.withoutExtension("disk.tar.img"));
        assertEquals("sda", DerivedName.withoutExtension("sda"));
        assertEquals(".img", DerivedName.withoutExtension(".img"));
    }
}
