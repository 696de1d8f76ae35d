package io.diskvault.files.web;

import io.diskvault.files.Download;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;

/// Writes a download with its length, if that is known, reading it as fast as the client takes it.
@Singleton
final class DownloadWriter implements ResponseBodyWriter<Download> {
    private final ExecutorService blocking;

    DownloadWriter(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.blocking = blocking;
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<Download> type,
            MediaType mediaType,
            Download download) {
        return InputStreamByteBody.create(download.stream(), download.length(), blocking, bodies);
    }

    @Override
    public void writeTo(
            Argument<Download> type, MediaType mediaType, Download download, MutableHeaders headers, OutputStream out) {
        try (InputStream stream = download.stream()) {
            stream.transferTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
