package io.diskvault.alert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;

/// People who get e-mail when an alert is opened and when its cause is gone: one for all that is to be told at a
/// time, so that a thousand disks that fail at once do not fill a mailbox.
@Singleton
final class Mail implements Receiver {
    private static final int NOTICES_MAX = 50;
    private static final String PATIENCE_MILLIS = "15000";

    private final MailSettings settings;
    private final Clock clock;

    Mail(MailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return "mail";
    }

    @Override
    public boolean isThere() {
        return settings.isSet();
    }

    @Override
    public boolean wants(Change change) {
        return switch (change) {
            case RAISED, RESOLVED -> true;
            // By people, who know it.
            case ACKNOWLEDGED, CLOSED -> false;
        };
    }

    @Override
    public int mostAtOnce() {
        return NOTICES_MAX;
    }

    @Override
    public void tell(List<Notice> notices) throws IOException {
        try {
            Session session = Session.getInstance(properties());
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(settings.from()));
            for (String address : settings.to()) {
                message.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address));
            }
            message.setSubject(MailText.subject(notices), UTF_8.name());
            message.setText(MailText.body(notices), UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader(
                    "Date",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
            send(session, message);
        } catch (MessagingException failure) {
            throw new IOException(
                    "%s: %s"
                            .formatted(
                                    settings.host(),
                                    String.valueOf(failure.getMessage()).strip()),
                    failure);
        }
    }

    private void send(Session session, MimeMessage message) throws MessagingException {
        try (Transport transport = session.getTransport()) {
            if (settings.username().isBlank()) {
                transport.connect();
            } else {
                transport.connect(settings.username(), settings.password());
            }
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Properties properties() {
        boolean tls = settings.security().equals(MailSettings.TLS);
        String protocol = tls ? "smtps" : "smtp";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        String prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "host", settings.host());
        properties.setProperty(prefix + "port", Integer.toString(settings.port()));
        properties.setProperty(prefix + "connectiontimeout", PATIENCE_MILLIS);
        properties.setProperty(prefix + "timeout", PATIENCE_MILLIS);
        properties.setProperty(prefix + "writetimeout", PATIENCE_MILLIS);
        properties.setProperty(
                prefix + "auth", Boolean.toString(!settings.username().isBlank()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (settings.security().equals(MailSettings.START_TLS)) {
            // Required: whoever is on the way could leave the offer out.
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", "true");
        }
        return properties;
    }
}
