package io.diskvault.restore;

import io.diskvault.command.CheckOutcome;
import io.diskvault.command.CheckOutcome.Problem;
import io.diskvault.command.CommandRejected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What stands against a restore: all that is found, in the order of looking.
public final class Obstacles {
    private final List<CommandRejected> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /// Looks at one thing; what refuses it is an obstacle, and the next thing is looked at all the same.
    public void look(Runnable check) {
        find(() -> {
            check.run();
            return true;
        });
    }

    /// The same for something that later looks need.
    ///
    /// @return nothing if there is an obstacle instead
    public <T> Optional<T> find(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (CommandRejected refused) {
            problems.add(refused);
            return Optional.empty();
        }
    }

    void add(CommandRejected problem) {
        problems.add(problem);
    }

    void addAll(Collection<CommandRejected> found) {
        problems.addAll(found);
    }

    /// Damage of the recovery point: no obstacle for who wants to have the rest.
    void addDamage(CommandRejected damage, boolean continueOnDamage) {
        if (continueOnDamage) {
            warnings.add(Problem.of(damage));
        } else {
            problems.add(damage);
        }
    }

    void warn(Problem warning) {
        warnings.add(warning);
    }

    /// @throws CommandRejected the first obstacle, if there is one
    public void requireNone() {
        if (!problems.isEmpty()) {
            throw problems.getFirst();
        }
    }

    /// What stands against nothing, in words.
    List<String> warned() {
        return warnings.stream().map(Problem::detail).toList();
    }

    /// All of them, for whoever asks beforehand.
    public CheckOutcome outcome() {
        return CheckOutcome.of(problems.stream().map(Problem::of).toList(), warnings);
    }
}
