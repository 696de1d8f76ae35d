package io.diskvault.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;

/// How a link is used.
public enum LinkKind {
    /// One file over HTTP.
    DOWNLOAD("download"),
    /// A read-only disk over NBD.
    NBD("nbd");

    private final String text;

    LinkKind(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static LinkKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        GeneralRejection.invalid("kind is %s; it is download or nbd.".formatted(Quoted.of(text))));
    }
}
