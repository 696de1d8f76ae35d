package io.diskvault.command;

import java.util.List;

/// What stands against something that could be asked for: everything at once, before it is asked for.
///
/// @param problems because of which it would be refused, or would fail; all that were found
/// @param warnings what stands against nothing
public record CheckOutcome(boolean valid, List<Problem> problems, List<Problem> warnings) {
    public CheckOutcome {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /// Something that is wrong, or that is only not wise.
    public record Problem(String code, String detail, String recommendedAction) {
        /// The same as it would be refused.
        public static Problem of(CommandRejected refused) {
            return new Problem(
                    refused.rejection().code(),
                    String.valueOf(refused.getMessage()),
                    refused.rejection().recommendedAction());
        }
    }

    public static CheckOutcome of(List<Problem> problems, List<Problem> warnings) {
        return new CheckOutcome(problems.isEmpty(), problems, warnings);
    }
}
