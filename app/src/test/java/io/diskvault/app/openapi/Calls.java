package io.diskvault.app.openapi;

import io.diskvault.app.openapi.ProgramClasses.Code;
import io.diskvault.app.openapi.ProgramClasses.Member;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which of the program's own code can run because a method was called, as the class files have it: what it calls,
/// what overrides that, and what handles the commands that are made on the way. What happens later in reaction to
/// events does not belong to it: no caller is told.
final class Calls {
    private static final String CRITICAL = "io/diskvault/critical/";

    /// Who is woken and works on its own.
    private static final String WORKERS = "io/diskvault/job/JobWorkers";

    private final ProgramClasses classes;
    private final Map<String, List<Member>> handlers;
    private final List<Member> gate;
    private final Set<String> gated;
    private final Map<Member, Set<Member>> known = new HashMap<>();

    Calls(ProgramClasses classes) {
        this.classes = classes;
        handlers = classes.commandHandlers().stream().collect(Collectors.groupingBy(Calls::firstParameter));
        gate = classes.methods().stream()
                .filter(method -> method.owner().equals(CRITICAL + "Gate")
                        && method.name().equals("handle"))
                .toList();
        // Whoever decides what is critical takes the commands apart by their kinds.
        gated = classes.methods().stream()
                .filter(method -> method.owner().startsWith(CRITICAL))
                .flatMap(method -> MethodTypeDesc.ofDescriptor(method.descriptor()).parameterList().stream())
                .map(type -> ProgramClasses.nameOf(type))
                .filter(name -> name.endsWith("Command"))
                .collect(Collectors.toSet());
    }

    private static String firstParameter(Member handler) {
        return ProgramClasses.nameOf(
                MethodTypeDesc.ofDescriptor(handler.descriptor()).parameterType(0));
    }

    /// The static fields that are read by anything that a method leads to.
    Set<Member> readsFrom(Method method) {
        Set<Member> reads = new HashSet<>();
        from(Member.of(method), _ -> true)
                .forEach(one -> reads.addAll(classes.code(one).reads()));
        return reads;
    }

    /// What is called by a method, and by what it leads to in its own class.
    Set<Member> callsFrom(Method method) {
        Member start = Member.of(method);
        Set<Member> calls = new HashSet<>();
        from(start, one -> one.owner().equals(start.owner()))
                .forEach(one -> calls.addAll(classes.code(one).calls()));
        return calls;
    }

    private Set<Member> from(Member start, Predicate<Member> followed) {
        Set<Member> reached = new HashSet<>(Set.of(start));
        Deque<Member> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Member next : known.computeIfAbsent(open.pop(), this::next)) {
                if (followed.test(next) && reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    private Set<Member> next(Member method) {
        Set<Member> next = new HashSet<>();
        Code code = classes.code(method);
        for (Member called : code.calls()) {
            if (called.owner().equals(WORKERS)) {
                continue;
            }
            next.addAll(classes.implementations(called));
            if (called.name().equals("<init>")) {
                next.addAll(handling(called.owner()));
            }
        }
        return next;
    }

    /// Commands are sent to their handlers by their type, past a gate that asks about some of them.
    private List<Member> handling(String command) {
        Set<String> types = classes.supertypes(command);
        List<Member> found = new ArrayList<>();
        types.forEach(type -> found.addAll(handlers.getOrDefault(type, List.of())));
        if (!found.isEmpty() && types.stream().anyMatch(gated::contains)) {
            found.addAll(gate);
        }
        return found;
    }
}
