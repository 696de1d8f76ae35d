package io.diskvault.session.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/// A text, or a list with one: the framework makes that of a form's field.
final class FormText extends StdDeserializer<String> {
    private static final long serialVersionUID = 1;

    FormText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            return context.readValue(parser, String.class);
        }
        parser.nextToken();
        String text = context.readValue(parser, String.class);
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            context.reportWrongTokenException(this, JsonToken.END_ARRAY, "one value is expected");
        }
        return text;
    }
}
