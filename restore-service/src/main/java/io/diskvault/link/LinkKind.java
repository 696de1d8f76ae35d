package io.diskvault.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;

/// How a link is used.
public enum LinkKind {
    /// One file over HTTP.
    DOWNLOAD("download");

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
        if (text.equals(DOWNLOAD.text)) {
            return DOWNLOAD;
        }
        throw GeneralRejection.invalid("kind is %s; it is download.".formatted(Quoted.of(text)));
    }
}
