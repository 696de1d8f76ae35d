package io.diskvault.web.csv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskvault.command.GeneralRejection;
import io.diskvault.web.Listing;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Writes lists as CSV for who wants that most. No endpoint knows of it.
@ServerFilter("/api/v1/**")
final class CsvFilter {
    private static final String WANTED = "diskvault.csv";
    private static final String CSV_UTF8 = MediaType.TEXT_CSV + ";charset=utf-8";

    private final ObjectMapper json;
    private final Map<Class<?>, CsvColumns> columns = new ConcurrentHashMap<>();

    CsvFilter(ObjectMapper json) {
        this.json = json;
    }

    /// Endpoints are found by what they produce, which is JSON.
    @RequestFilter
    @PreMatching
    void take(HttpRequest<?> request) {
        List<MediaType> accepted = List.copyOf(request.accept());
        if (request.getMethod() == HttpMethod.GET
                && !accepted.isEmpty()
                && accepted.getFirst().matches(MediaType.TEXT_CSV_TYPE)
                && !accepted.getFirst().getType().equals("*")
                && request.getHeaders() instanceof MutableHttpHeaders headers) {
            headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
            request.setAttribute(WANTED, true);
        }
    }

    @ResponseFilter
    void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (request.getAttribute(WANTED).isEmpty() || response.code() != 200) {
            return;
        }
        Object body = response.body();
        Optional<Class<?>> item = RouteAttributes.getRouteMatch(request).flatMap(CsvFilter::itemOf);
        if (item.isEmpty() || !(body instanceof Listing<?> list)) {
            throw GeneralRejection.invalid(
                    "There is no CSV of this: it is no list. Ask with Accept: application/json.");
        }
        CsvColumns known = columns.computeIfAbsent(item.get(), CsvColumns::of);
        StringBuilder text = new StringBuilder(known.header()).append("\r\n");
        for (Object each : list.items()) {
            JsonNode node = json.valueToTree(each);
            text.append(known.row(node)).append("\r\n");
        }
        response.body(text.toString());
        response.contentType(CSV_UTF8);
        if (list.nextCursor() != null) {
            String next = UriBuilder.of(request.getUri())
                    .replaceQueryParam("cursor", list.nextCursor())
                    .toString();
            response.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
        }
    }

    private static Optional<Class<?>> itemOf(RouteMatch<?> route) {
        Argument<?> type = route.getRouteInfo().getReturnType().asArgument();
        while (!type.getType().equals(Listing.class) && type.getTypeParameters().length > 0) {
            type = type.getTypeParameters()[0];
        }
        return type.getType().equals(Listing.class)
                ? Optional.of(type.getTypeParameters()[0].getType())
                : Optional.empty();
    }
}
