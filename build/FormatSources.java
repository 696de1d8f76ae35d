import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks (`check ROOT`) or applies (`apply ROOT`) palantir-java-format to every Java source under ROOT.
///
/// The build runs it on the JDK that compiles the project: the formatter parses with the JDK it runs on, and
/// Maven's own may be older than the language that the sources are written in.
final class FormatSources {
    private FormatSources() {}

    public static void main(String[] arguments) throws IOException, FormatterException {
        boolean apply = arguments[0].equals("apply");
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : sources(Path.of(arguments[1]))) {
            String source = Files.readString(file);
            refuseLongComments(file, source);
            String formatted = formatter.formatSource(
                    ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.PALANTIR));
            if (!formatted.equals(source)) {
                unformatted.add(file);
                if (apply) Files.writeString(file, formatted);
            }
        }
        if (!apply && !unformatted.isEmpty()) {
            unformatted.forEach(file -> System.err.println("not formatted: " + file));
            System.err.println("Mend it with: ./mvnw -q -N validate -Dformat=apply");
            System.exit(1);
        }
    }

    /// The formatter breaks a `///` line that is too long in two and leaves the second half as code.
    private static void refuseLongComments(Path file, String source) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > 120 && lines.get(i).strip().startsWith("//")) {
                System.err.printf("%s:%d: a comment line of more than 120 columns; break it%n", file, i + 1);
                System.exit(1);
            }
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
