package io.diskvault.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void setsNumbersRightAndWordsLeft() {
        Table table = new Table("NAME", "SIZE>");
        table.add("web-1", "8.0 GiB");
        table.add("database", "512 B");

        assertEquals(
                List.of(
                        "NAME         SIZE", //
                        "web-1     8.0 GiB",
                        "database    512 B"),
                table.lines());
    }

    @Test
    void showsThatACellIsEmpty() {
        Table table = new Table("NAME", "DATASTORE");
        table.add("disks", "");

        assertEquals("disks  -", table.lines().getLast());
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThrows(IllegalArgumentException.class, () -> new Table("NAME").add("a", "b"));
    }
}
