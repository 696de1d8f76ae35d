package io.diskvault.app.client;

import io.diskvault.app.console.CommandFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Which servers a client believes, where not those that the machine believes anyway.
final class Trust {
    private Trust() {}

    /// Those whose certificate is in a PEM file or was issued by one that is. The name is checked as ever.
    static SSLContext inAuthority(Path file) throws CommandFailed {
        try {
            Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (authorities.isEmpty()) throw unusable(file, "it holds none");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate authority : authorities) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            return context(trust.getTrustManagers());
        } catch (IOException unreadable) {
            throw unusable(file, "it cannot be read");
        } catch (GeneralSecurityException malformed) {
            throw unusable(file, String.valueOf(malformed.getMessage()));
        }
    }

    private static CommandFailed unusable(Path file, String why) {
        return new CommandFailed(
                "CertificateUnusable",
                "The certificates of " + file + " cannot be used: " + why + ".",
                "Give a PEM file with the certificate of the authority that issued the server's.");
    }

    /// One certificate, whatever name the server was asked by: a process talking to itself knows it.
    ///
    /// @param certificate asked at each connection, as it may be exchanged meanwhile
    static SSLContext inOne(Supplier<X509Certificate> certificate) {
        try {
            return context(new OneCertificate(certificate));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has TLS
        }
    }

    private static SSLContext context(TrustManager... trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted, null);
        return context;
    }

    private static final class OneCertificate extends X509ExtendedTrustManager {
        private final Supplier<X509Certificate> certificate;

        OneCertificate(Supplier<X509Certificate> certificate) {
            this.certificate = certificate;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(certificate.get())) {
                throw new CertificateException("This is not the certificate of this process's own server.");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
            throw new CertificateException("Clients show no certificates.");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, method);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, method);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
