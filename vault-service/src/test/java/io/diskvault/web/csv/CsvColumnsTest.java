package io.diskvault.web.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvColumnsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final CsvColumns COLUMNS = CsvColumns.of(Item.class);

    record Item(
            @Nullable String name,
            @Nullable Part part,
            int number,
            List<String> words,
            @Nullable List<Part> parts,
            @Nullable Name id) {}

    record Part(String code, boolean known) {}

    record Name(@JsonValue String text) {}

    private static String row(Item item) {
        return COLUMNS.row(JSON.valueToTree(item));
    }

    @Test
    void columnsFollowTheShape() {
        assertEquals("name,part.code,part.known,number,words,parts,id", COLUMNS.header());
    }

    @Test
    void cellsAreWhatJsonSays() {
        Item item =
                new Item("a", new Part("b", true), -7, List.of("x", "y"), List.of(new Part("c", false)), new Name("n"));
        assertEquals("a,b,true,-7,x; y,\"[{\"\"code\"\":\"\"c\"\",\"\"known\"\":false}]\",n", row(item));
    }

    @Test
    void whatIsAbsentIsEmpty() {
        assertEquals(",,,0,,,", row(new Item(null, null, 0, List.of(), null, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "a,b|\"a,b\"",
                "say \"it\"|\"say \"\"it\"\"\"",
                "=1+1|'=1+1",
                "+1|'+1",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "=HYPERLINK(\"x\",\"y\")|\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
                "a=b|a=b",
            })
    void nothingIsAFormula(String text, String cell) {
        assertEquals(cell, CsvCell.of(text));
    }

    @Test
    void linesStayInTheirCell() {
        assertEquals("\"a\r\nb\"", CsvCell.of("a\r\nb"));
        assertEquals("'\t=1", CsvCell.of("\t=1"));
    }
}
