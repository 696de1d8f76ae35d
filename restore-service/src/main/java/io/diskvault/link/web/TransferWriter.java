package io.diskvault.link.web;

import io.diskvault.link.PointStream;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.InputStreamByteBody;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;

/// Writes a transfer with its length, reading it as fast as the client takes it. The framework's own writers of streams
/// either leave the length out or let clients keep what they got.
@Singleton
final class TransferWriter implements ResponseBodyWriter<Transfer> {
    private final ExecutorService blocking;

    TransferWriter(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.blocking = blocking;
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<Transfer> type,
            MediaType mediaType,
            Transfer transfer) {
        return InputStreamByteBody.create(transfer.stream(), OptionalLong.of(transfer.length()), blocking, bodies);
    }

    @Override
    public void writeTo(
            Argument<Transfer> type, MediaType mediaType, Transfer transfer, MutableHeaders headers, OutputStream out) {
        try (PointStream stream = transfer.stream()) {
            stream.transferTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
