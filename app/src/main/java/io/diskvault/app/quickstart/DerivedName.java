package io.diskvault.app.quickstart;

import java.util.Set;

/// A name for a resource, made from the name of a file or directory: `web_1.img` becomes `web-1`.
final class DerivedName {
    private static final int LENGTH_MAX = 50;
    /// Room for what makes a name unique, `-2` to `-99999`.
    private static final int STEM_MAX = 44;

    private DerivedName() {}

    /// A name that follows the server's rule and that none of the others has.
    ///
    /// @param otherwise the name where nothing usable is left, and the first letters where there is none in front
    static String of(String text, String otherwise, Set<String> taken) {
        String stem = text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (!stem.matches("[A-Za-z].*")) stem = stem.isEmpty() ? otherwise : otherwise + "-" + stem;
        if (stem.length() > STEM_MAX) stem = stem.substring(0, STEM_MAX).replaceAll("-+$", "");
        if (stem.length() == 1) stem = stem + "-" + otherwise;
        String name = stem;
        for (int next = 2; taken.contains(name); next++) name = stem + "-" + next;
        if (name.length() > LENGTH_MAX) throw new IllegalStateException("too many resources are called " + stem);
        return name;
    }

    /// A file's name without its last extension.
    static String withoutExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
