package io.diskvault.web.tls;

import io.diskvault.web.tls.CertifiedKey.Unusable;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that the server shows. New connections get the one that is in the files; files that cannot be used
/// stop the start, but not a running server, which goes on with the certificate that it has.
@Context
@Named(TlsCertificate.NAME)
@Requires(property = TlsSettings.CERTIFICATE, pattern = ".+")
public class TlsCertificate implements CertificateProvider {
    static final String NAME = "diskvault";

    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

    /// Asked again and again, because whoever renews certificates exchanges files, links or whole directories, and
    /// notices of the file system tell of only some of that.
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Path certificate;
    private final Path key;
    private final TaskScheduler scheduler;
    private final Latest<KeyStore> published;
    private CertifiedKey current;
    private List<Stamp> read;
    private Optional<Future<?>> watching = Optional.empty();

    /// What tells that a file has changed.
    private record Stamp(Optional<Path> real, Optional<FileTime> modified, long size) {
        static Stamp of(Path file) {
            try {
                return new Stamp(
                        Optional.of(file.toRealPath()), Optional.of(Files.getLastModifiedTime(file)), Files.size(file));
            } catch (IOException _) {
                return new Stamp(Optional.empty(), Optional.empty(), 0); // absent, while somebody exchanges it
            }
        }
    }

    TlsCertificate(TlsSettings settings, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        certificate = settings.certificate().orElseThrow();
        key = settings.key().orElseThrow();
        this.scheduler = scheduler;
        read = stamps();
        try {
            current = CertifiedKey.read(certificate, key);
        } catch (Unusable unusable) {
            throw new ConfigurationException("diskvault.tls: " + unusable.getMessage());
        }
        published = new Latest<>(current.keyStore());
    }

    @PostConstruct
    void watch() {
        LOG.info("The server's certificate is that of {}.", current);
        watching = Optional.of(scheduler.scheduleWithFixedDelay(INTERVAL, INTERVAL, this::refresh));
    }

    @PreDestroy
    void stop() {
        watching.ifPresent(task -> task.cancel(false));
    }

    private List<Stamp> stamps() {
        return List.of(Stamp.of(certificate), Stamp.of(key));
    }

    /// Reads the files again if they have changed. One that is half written cannot be used and is read once more when
    /// it changes again.
    synchronized void refresh() {
        List<Stamp> now = stamps();
        if (now.equals(read)) {
            return;
        }
        read = now;
        try {
            current = CertifiedKey.read(certificate, key);
            published.set(current.keyStore());
            LOG.info("The certificate files have changed; the server's certificate is now that of {}.", current);
        } catch (Unusable unusable) {
            LOG.error(
                    "The certificate files have changed and cannot be used, so the server keeps the certificate that"
                            + " it has. {}",
                    unusable.getMessage());
        }
    }

    /// The certificate itself, by which this process knows its own server whatever name it has.
    public synchronized X509Certificate current() {
        return current.chain().getFirst();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return published;
    }
}
