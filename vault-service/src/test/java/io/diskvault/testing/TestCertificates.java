package io.diskvault.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A certificate that vouches for itself, and its key, as PEM files.
///
/// @param certificate clients that trust this file trust the server
public record TestCertificates(Path certificate, Path key) {
    private static final AtomicLong SERIALS = new AtomicLong(1);

    /// For `localhost` and 127.0.0.1, valid today.
    public static TestCertificates in(Path directory) throws GeneralSecurityException, IOException {
        return in(directory, "localhost", Instant.now().plus(Duration.ofDays(30)));
    }

    /// @param host the one name that it is for, beside 127.0.0.1 if it is `localhost`
    public static TestCertificates in(Path directory, String host, Instant expires)
            throws GeneralSecurityException, IOException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        KeyPair pair = keys.generateKeyPair();
        TestCertificates files = new TestCertificates(directory.resolve("server.crt"), directory.resolve("server.key"));
        Files.writeString(files.certificate, pem("CERTIFICATE", certify(pair, host, expires)));
        Files.writeString(files.key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        files.key.toFile().setReadable(false, false);
        files.key.toFile().setReadable(true, true);
        return files;
    }

    private static byte[] certify(KeyPair pair, String host, Instant expires)
            throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(BigInteger.valueOf(SERIALS.incrementAndGet())));
        body.setSignature(algorithm);
        body.setIssuer(new X500Name("CN=" + host));
        body.setSubject(new X500Name("CN=" + host));
        body.setStartDate(new Time(Date.from(expires.minus(Duration.ofDays(90)))));
        body.setEndDate(new Time(Date.from(expires)));
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        ASN1EncodableVector names = new ASN1EncodableVector();
        names.add(new GeneralName(GeneralName.dNSName, host));
        if (host.equals("localhost")) {
            names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        }
        extensions.addExtension(
                Extension.subjectAlternativeName, false, GeneralNames.getInstance(new DERSequence(names)));
        body.setExtensions(extensions.generate());
        TBSCertificate unsigned = body.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(unsigned.getEncoded("DER"));
        ASN1EncodableVector certificate = new ASN1EncodableVector();
        certificate.add(unsigned);
        certificate.add(algorithm);
        certificate.add(new DERBitString(signature.sign()));
        return new DERSequence(certificate).getEncoded("DER");
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
    }
}
