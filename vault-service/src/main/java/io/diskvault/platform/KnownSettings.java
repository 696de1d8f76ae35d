package io.diskvault.platform;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Stops the start when a setting has a name that nobody reads: a misspelled one would leave its default in force,
/// and nobody would notice until it matters.
///
/// The known names are the components of all `@ConfigurationProperties` records, of whatever module.
@Context
final class KnownSettings {
    private static final String PREFIX = "diskvault.";

    /// Read by `@Value`, or by the command line and the start script, whose variables the server sees too.
    private static final Set<String> OTHERS = Set.of(
            "diskvault.admin-token",
            "diskvault.ca-certificate",
            "diskvault.command",
            "diskvault.data",
            "diskvault.datastore-passphrase-file",
            "diskvault.disks",
            "diskvault.host",
            "diskvault.log-format",
            "diskvault.new-passphrase",
            "diskvault.passphrase",
            "diskvault.port",
            "diskvault.allow",
            "diskvault.server",
            "diskvault.token",
            "diskvault.screen",
            "diskvault.terminal",
            "diskvault.java-home",
            "diskvault.java-opts");

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

    /// @throws ConfigurationException if a name is unknown; it is in the message
    KnownSettings(ApplicationContext context) {
        Set<String> known = names(context);
        Set<String> unknown = context.getEnvironment().getPropertySources().stream()
                .flatMap(source -> unknown(source, known))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("Unknown setting %s. There are %s."
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
    }

    private static Set<String> names(ApplicationContext context) {
        Set<String> names = context.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationReader.class)).stream()
                .flatMap(KnownSettings::components)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(OTHERS);
        return names;
    }

    private static Stream<String> components(BeanDefinition<?> settings) {
        return Arrays.stream(settings.getConstructor().getArguments())
                .map(argument -> argument.getAnnotationMetadata()
                        .stringValue(Property.class, "name")
                        .orElse(null))
                .filter(Objects::nonNull)
                .filter(name -> name.startsWith(PREFIX));
    }

    /// The names in a source that nobody reads.
    static Stream<String> unknown(PropertySource source, Set<String> known) {
        boolean variables = source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
        Set<String> allowed =
                variables ? known.stream().map(KnownSettings::variable).collect(Collectors.toSet()) : known;
        String prefix = variables ? variable(PREFIX) : PREFIX;
        return StreamSupport.stream(source.spliterator(), false)
                .filter(name -> name.startsWith(prefix))
                .filter(name -> !allowed.contains(INDEX.matcher(name).replaceFirst("")));
    }

    /// `DISKVAULT_JOBS_STOP_WITHIN` for `diskvault.jobs.stop-within`.
    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
