package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import io.diskvault.app.openapi.SourceDocs.Doc;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each operation is for, what it takes, and who may use it.
final class Operations {
    private final SourceDocs docs;
    private final Schemas schemas;
    private final Answers answers;
    private final PastQuestions past;

    Operations(SourceDocs docs, Schemas schemas, Answers answers, PastQuestions past) {
        this.docs = docs;
        this.schemas = schemas;
        this.answers = answers;
        this.past = past;
    }

    Map<String, Object> of(Route route) {
        Doc doc = docs.of(route.method());
        Map<String, Object> operation = map(
                "operationId",
                route.id(),
                "tags",
                List.of(route.tag()),
                "summary",
                Summaries.of(route),
                "description",
                description(route, doc),
                "x-permission",
                route.permission().text());
        if (!route.signedIn()) {
            operation.put("security", List.of());
        }
        List<Map<String, Object>> parameters = new ArrayList<>();
        Optional<Map<String, Object>> body = Optional.empty();
        for (Parameter parameter : route.method().getParameters()) {
            if (parameter.isAnnotationPresent(Body.class)) {
                body = Optional.of(requestBody(parameter));
            } else if (parameter.isAnnotationPresent(RequestBean.class)) {
                parameters.addAll(ofBean(parameter.getType()));
            } else if (!HttpRequest.class.isAssignableFrom(parameter.getType())) {
                parameters.add(parameter(parameter, route, doc));
            }
        }
        if (past.areFor(route)) {
            parameters.add(past.parameter());
        }
        if (route.id().equals("downloadDownload")) {
            parameters.add(header("Range"));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        body.ifPresent(one -> operation.put("requestBody", one));
        operation.put("responses", answers.of(route));
        return operation;
    }

    private static String description(Route route, Doc doc) {
        return (doc.text() + "\n\n" + access(route)).strip();
    }

    private static String access(Route route) {
        String roles = String.join(", ", route.roles());
        if (!route.signedIn()) {
            return "Everybody may ask; what is in the request is the sign-in.";
        }
        if (route.checkedInside()) {
            return "Everybody who is signed in may ask; it shows and does what the caller may: `%s` (%s)."
                    .formatted(route.permission().text(), roles);
        }
        return "Needs `%s` at %s: %s.".formatted(route.permission().text(), route.scope(), roles);
    }

    private Map<String, Object> requestBody(Parameter parameter) {
        Map<String, Object> media = map("schema", schemas.of(parameter.getParameterizedType()));
        String shape = parameter.getType().getSimpleName();
        media.put(
                "example",
                Objects.requireNonNull(Examples.BODIES.get(shape), () -> "Examples has no body for a " + shape));
        boolean required = !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return map("required", required, "content", map("application/json", media));
    }

    private List<Map<String, Object>> ofBean(Class<?> bean) {
        Doc doc = docs.of(bean);
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (RecordComponent component : bean.getRecordComponents()) {
            parameters.add(query(
                    bean.getSimpleName(),
                    component.getName(),
                    component.getAnnotatedType(),
                    doc.params().get(component.getName())));
        }
        return parameters;
    }

    private Map<String, Object> parameter(Parameter parameter, Route route, Doc doc) {
        String name = nameOf(parameter, parameter.getName());
        String owner = route.method().getDeclaringClass().getSimpleName() + "."
                + route.method().getName();
        Header header = parameter.getAnnotation(Header.class);
        if (header != null) {
            String field = header.value().isEmpty() ? header.name() : header.value();
            return header(field);
        }
        if (route.path().contains("{" + name + "}")) {
            Map<String, Object> schema = schemas.of(parameter.getAnnotatedType(), owner, name);
            schema.remove("examples");
            Object example = Objects.requireNonNullElse(Examples.of("path", name), Examples.ID);
            return map("name", name, "in", "path", "required", true, "schema", schema, "example", example);
        }
        Map<String, Object> query =
                query(owner, name, parameter.getAnnotatedType(), doc.params().get(parameter.getName()));
        Refinements.neededQuery(route, name).ifPresent(example -> {
            query.put("required", true);
            query.put("example", example);
        });
        return query;
    }

    private static Map<String, Object> header(String field) {
        return map(
                "name",
                field,
                "in",
                "header",
                "description",
                Refinements.header(field),
                "schema",
                map("type", "string"));
    }

    private static String nameOf(AnnotatedElement parameter, String name) {
        QueryValue query = parameter.getAnnotation(QueryValue.class);
        return query == null || query.value().isEmpty() ? name : query.value();
    }

    private Map<String, Object> query(String owner, String name, AnnotatedType type, @Nullable String said) {
        Map<String, Object> schema = schemas.of(type, owner, name);
        // A parameter that is not given is absent; null is a text like others there.
        Schemas.withoutNull(schema);
        // An example of a field is none of a filter: tools would send it.
        schema.remove("examples");
        Map<String, Object> parameter = map("name", name, "in", "query");
        String described = said == null || said.isEmpty() ? Refinements.query(name) : Schemas.sentence(said);
        parameter.put("description", described);
        parameter.put("schema", schema);
        return parameter;
    }
}
