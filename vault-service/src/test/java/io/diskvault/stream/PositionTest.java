package io.diskvault.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void isReadAsItWasWritten() {
        for (Position position : List.of(
                Position.start(),
                new Position(1_234_567, new TreeSet<>()),
                new Position(1_234_567, new TreeSet<>(List.of(1L, 1_234_000L, 1_234_566L))))) {
            assertEquals(position, Position.parse(position.text()));
            assertEquals(position, Position.of(position.token()));
        }
        assertEquals("1000.900.2", new Position(1000, new TreeSet<>(List.of(998L, 100L))).text());
    }

    @Test
    void isShortHoweverManyGapsThereAre() {
        TreeSet<Long> gaps =
                LongStream.range(1, 50_000).map(gap -> 2 * gap).boxed().collect(Collectors.toCollection(TreeSet::new));
        Position position = new Position(100_000, gaps);
        assertEquals(1000, position.gaps().size());
        assertTrue(position.text().length() < 6000, position.text());
        assertEquals(99_998L, position.gaps().last());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.", ".1", "1..2", "10.11", "1,2", "1 2", "99999999999999999999", "١"})
    void refusesWhatIsNone(String text) {
        assertThrows(CommandRejected.class, () -> Position.parse(text));
    }
}
