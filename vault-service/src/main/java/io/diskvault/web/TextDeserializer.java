package io.diskvault.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.diskvault.command.GeneralRejection;
import io.micronaut.context.annotation.Type;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Refuses texts in bodies with a zero character, as [ZeroCharacterFilter] does in addresses.
@Singleton
@Type(String.class)
final class TextDeserializer extends StringDeserializer {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = super.deserialize(parser, context);
        if (text != null && text.indexOf('\0') >= 0) {
            String field = parser.currentName();
            throw GeneralRejection.invalid(
                    "%s has a zero character (\\u0000) in it.".formatted(field == null ? "A text in the body" : field));
        }
        return text;
    }
}
