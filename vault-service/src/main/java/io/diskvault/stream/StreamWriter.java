package io.diskvault.stream;

import io.diskvault.stream.StreamController.Told;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Writes a live stream as the connection takes it. The framework's own writer of server-sent events knows no
/// comments, by which a connection without news is kept.
@Singleton
final class StreamWriter implements ResponseBodyWriter<Told> {
    private final ExecutorService blocking;
    private final Streams streams;

    StreamWriter(@Named(TaskExecutors.BLOCKING) ExecutorService blocking, Streams streams) {
        this.blocking = blocking;
        this.streams = streams;
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<Told> type,
            MediaType mediaType,
            Told told) {
        return bodies.adapt(new LiveStream(
                told.narration(), () -> streams.closed(told.principal()), blocking, bodies.readBufferFactory()));
    }

    @Override
    public void writeTo(Argument<Told> type, MediaType mediaType, Told told, MutableHeaders headers, OutputStream out) {
        try (Narration narration = told.narration()) {
            for (Optional<byte[]> piece = narration.next(() -> false);
                    piece.isPresent();
                    piece = narration.next(() -> false)) {
                out.write(piece.get());
                out.flush();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            streams.closed(told.principal());
        }
    }
}
