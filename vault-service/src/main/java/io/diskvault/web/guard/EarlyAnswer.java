package io.diskvault.web.guard;

import io.diskvault.web.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.json.JsonMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Answers what never becomes a request, and closes the connection: nothing says where the next request would start.
@Singleton
final class EarlyAnswer {
    private static final long LINGER_MILLIS = 200;

    private final JsonMapper json;

    EarlyAnswer(JsonMapper json) {
        this.json = json;
    }

    void refuse(ChannelHandlerContext context, Problem problem) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                Unpooled.wrappedBuffer(bytes(problem)));
        SecurityHeaders.ALWAYS.forEach((name, value) -> response.headers().set(name, value));
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaders.CONTENT_LENGTH, response.content().readableBytes())
                .set("Content-Security-Policy", SecurityHeaders.POLICY)
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set(HttpHeaders.CONNECTION, "close");
        // Closing while bytes are still coming would reset the connection and take the answer away from its reader.
        context.writeAndFlush(response).addListener(_ -> closeSoon(context));
    }

    private static void closeSoon(ChannelHandlerContext context) {
        Runnable close = () -> {
            ChannelFuture _ = context.close();
        };
        Future<?> _ = context.executor().schedule(close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
