package io.diskvault.web.guard;

import io.diskvault.web.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One connection's requests as they arrive. The bytes of a request start its time and its end stops it; what is no
/// request is answered here. All of it happens on the connection's own thread.
final class RequestGuard extends ChannelInboundHandlerAdapter {
    private final HttpLimits limits;
    private final EarlyAnswer answer;
    private Optional<Future<?>> deadline = Optional.empty();
    private boolean refused;

    RequestGuard(HttpLimits limits, EarlyAnswer answer) {
        this.limits = limits;
        this.answer = answer;
    }

    /// What stands before the decoder and sees bytes.
    ChannelInboundHandlerAdapter bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (refused) {
                    ReferenceCountUtil.release(message);
                    return;
                }
                if (message instanceof ByteBuf && deadline.isEmpty()) {
                    // The answer has to start behind the decoder, or nobody would encode it.
                    ChannelHandlerContext behind = context.pipeline().context(RequestGuard.this);
                    deadline = Optional.of(context.executor()
                            .schedule(
                                    () -> tooSlow(behind), limits.requestTime().toMillis(), TimeUnit.MILLISECONDS));
                }
                context.fireChannelRead(message);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure() && !refused) {
            ReferenceCountUtil.release(message);
            refuse(context, malformed(part.decoderResult().cause()));
            return;
        }
        if (message instanceof LastHttpContent) {
            stop();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void stop() {
        deadline.ifPresent(task -> task.cancel(false));
        deadline = Optional.empty();
    }

    private void refuse(ChannelHandlerContext context, Problem problem) {
        refused = true;
        stop();
        answer.refuse(context, problem);
    }

    private void tooSlow(ChannelHandlerContext context) {
        refuse(
                context,
                Problem.of(
                        408,
                        "Request Timeout",
                        "UserErrorRequestTimeout",
                        "The request had not arrived after %d seconds (diskvault.http.request-time)."
                                .formatted(limits.requestTime().toSeconds()),
                        "Send it again."));
    }

    private Problem malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                Problem.of(
                        414,
                        "URI Too Long",
                        "UserErrorAddressTooLong",
                        "The request line is longer than %d bytes (diskvault.http.line-length)."
                                .formatted(limits.lineLength()),
                        "Ask with a shorter address.");
            case TooLongHttpHeaderException _ ->
                Problem.of(
                        431,
                        "Request Header Fields Too Large",
                        "UserErrorHeadersTooLarge",
                        "The header fields are larger than %d bytes together (diskvault.http.header-size)."
                                .formatted(limits.headerSize()),
                        "Send fewer or shorter ones.");
            default -> notHttp();
        };
    }

    private static Problem notHttp() {
        return Problem.of(
                400,
                "Bad Request",
                "UserErrorMalformedRequest",
                "This is not HTTP as this server understands it.",
                "Speak HTTP/1.1.");
    }
}
