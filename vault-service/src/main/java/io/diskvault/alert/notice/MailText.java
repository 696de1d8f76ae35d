package io.diskvault.alert.notice;

import io.diskvault.alert.notice.Receiver.Notice;
import io.diskvault.alert.web.AlertResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What e-mails about alerts say.
final class MailText {
    private MailText() {}

    /// The first of the worst, and how many others there are.
    static String subject(List<Notice> notices) {
        Notice first = notices.stream()
                .filter(notice -> notice.change() == Change.RAISED)
                .filter(notice -> notice.alert().severity().equals("Critical"))
                .findFirst()
                .or(() -> notices.stream()
                        .filter(notice -> notice.change() == Change.RAISED)
                        .findFirst())
                .orElseGet(notices::getFirst);
        String more = notices.size() == 1 ? "" : " and %d more".formatted(notices.size() - 1);
        return oneLine("[Diskvault] %s%s".formatted(title(first), more));
    }

    /// What came with a name or a message must not begin a header of its own.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String title(Notice notice) {
        AlertResponse alert = notice.alert();
        return "%s: %s%s"
                .formatted(
                        notice.change() == Change.RAISED ? alert.severity() : "Over",
                        alert.kind(),
                        placeOf(alert).map(place -> " " + place).orElse(""));
    }

    private static Optional<String> placeOf(AlertResponse alert) {
        if (alert.vault() != null) {
            return Optional.of(alert.instance() == null ? alert.vault() : alert.vault() + "/" + alert.instance());
        }
        return Optional.ofNullable(alert.resourceGroup());
    }

    static String body(List<Notice> notices) {
        return notices.stream().map(MailText::paragraph).collect(Collectors.joining("\n\n"))
                + "\n\n-- \nDiskvault. See: diskvault alert list\n";
    }

    private static String paragraph(Notice notice) {
        AlertResponse alert = notice.alert();
        String job = alert.job() == null ? "" : "\nJob: " + alert.job();
        return notice.change() == Change.RAISED
                ? "%s\n%s\nWhat to do: %s\nTime: %s%s\nAlert: %s"
                        .formatted(
                                oneLine(title(notice)),
                                alert.message(),
                                alert.recommendedAction(),
                                alert.lastTime(),
                                job,
                                alert.id())
                : "%s\nIt was: %s\nOver since: %s\nAlert: %s"
                        .formatted(oneLine(title(notice)), alert.message(), alert.closedTime(), alert.id());
    }
}
