package io.diskvault.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// One JSON object on a line for each event of the log: `time`, `level`, `logger`, `thread`, `message`, what is known
/// of the work that the thread does (`job`, `instance`, `operation`, `attempt`), and `error` with the stack trace.
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final byte[] NONE = {};

    private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

    @Override
    public void start() {
        stackTraces.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = Json.object()
                .put("time", TIME.format(event.getInstant()))
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach(line::put);
        if (event.getThrowableProxy() != null) {
            line.put("error", stackTraces.convert(event).stripTrailing());
        }
        return (line + "\n").getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
