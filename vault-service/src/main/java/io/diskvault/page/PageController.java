package io.diskvault.page;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/// `/` and `/page/…`. Everybody gets these files: they are the same for all, and what they show has to be asked for.
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PageController {
    private final PageFiles files;

    PageController(PageFiles files) {
        this.files = files;
    }

    @Get("/")
    HttpResponse<?> index(HttpRequest<?> request) {
        return answer(request, "index.html");
    }

    /// Nothing is there, and nobody is asked to sign in for it.
    @Get("/page")
    HttpResponse<?> directory() {
        return HttpResponse.notFound();
    }

    @Get("/page/{+path}")
    HttpResponse<?> file(HttpRequest<?> request, String path) {
        return answer(request, path);
    }

    /// Browsers keep a file and ask each time whether it still counts: a new version of the server must not meet an old
    /// page, nor one half of it the other.
    private HttpResponse<?> answer(HttpRequest<?> request, String path) {
        return files.find(path)
                .map(file -> (isKnown(request, file) ? HttpResponse.notModified() : HttpResponse.ok(file.content()))
                        // Also of what is not sent again: the headers that depend on it replace those that are kept.
                        .contentType(file.type())
                        .header(HttpHeaders.ETAG, file.entityTag())
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache"))
                .orElseGet(HttpResponse::notFound);
    }

    private static boolean isKnown(HttpRequest<?> request, PageFile file) {
        String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        return known != null && known.contains(file.entityTag());
    }
}
