package io.diskvault.command;

import java.util.regex.Pattern;

/// The rule for every name that people give: a letter, then letters, digits and hyphens, not ending in a hyphen,
/// 2 to 50 characters. It is Azure Data Protection's rule for the names of backup vaults.
public final class ResourceName {
    private static final Pattern RULE = Pattern.compile("^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$");

    private ResourceName() {}

    /// @param what what is named, for the message: "backup vault"
    /// @return the name itself
    /// @throws CommandRejected if the name breaks the rule
    public static String check(String what, String name) {
        if (name.length() < 2 || name.length() > 50 || !RULE.matcher(name).matches()) {
            throw new CommandRejected(
                    GeneralRejection.INVALID_NAME,
                    "%s cannot be the name of a %s: 2 to 50 letters, digits and hyphens are allowed, the first a letter, the last no hyphen"
                            .formatted(Quoted.of(name), what));
        }
        return name;
    }
}
