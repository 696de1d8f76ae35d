package io.diskvault.app.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The class files of the program, without its tests: what each method calls and reads.
final class ProgramClasses {
    private static final String OURS = "io/diskvault/";
    private static final String HANDLER = "Lorg/axonframework/commandhandling/CommandHandler;";

    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> children = new HashMap<>();
    private final Map<Member, Code> code = new HashMap<>();
    private final List<Member> handlers = new ArrayList<>();

    /// @param owner as class files write it, with slashes
    record Member(String owner, String name, String descriptor) {
        static Member of(Method method) {
            return new Member(
                    method.getDeclaringClass().getName().replace('.', '/'),
                    method.getName(),
                    MethodTypeDesc.of(
                                    method.getReturnType().describeConstable().orElseThrow(),
                                    Stream.of(method.getParameterTypes())
                                            .map(type ->
                                                    type.describeConstable().orElseThrow())
                                            .toArray(ClassDesc[]::new))
                            .descriptorString());
        }
    }

    /// @param calls methods, also by reference; what a lambda calls is its own
    /// @param reads static fields
    record Code(Set<Member> calls, Set<Member> reads) {
        private static final Code NONE = new Code(Set.of(), Set.of());
    }

    static ProgramClasses read() {
        ProgramClasses classes = new ProgramClasses();
        try {
            for (URL root :
                    Collections.list(ProgramClasses.class.getClassLoader().getResources(OURS))) {
                if (!root.toString().matches(".*(test-classes|-tests?\\.jar).*")) {
                    classes.addAll(root.toURI());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
        return classes;
    }

    private void addAll(URI root) throws IOException {
        if (root.getScheme().equals("jar")) {
            String place = root.getRawSchemeSpecificPart();
            Path jar = Path.of(URI.create(place.substring(0, place.indexOf("!/"))));
            try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                addAll(inside.getPath(OURS));
            }
        } else {
            addAll(Path.of(root));
        }
    }

    private void addAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                add(ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG).parse(Files.readAllBytes(file)));
            }
        }
    }

    private void add(ClassModel type) {
        String name = type.thisClass().asInternalName();
        Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(parent -> parent.asInternalName())
                .forEach(parent -> {
                    parents.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(parent);
                    children.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(name);
                });
        for (MethodModel method : type.methods()) {
            Member member = new Member(
                    name, method.methodName().stringValue(), method.methodType().stringValue());
            code.put(member, codeOf(method));
            boolean handles = method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                    .flatMap(annotations -> annotations.annotations().stream())
                    .anyMatch(annotation -> annotation.className().equalsString(HANDLER));
            if (handles) {
                handlers.add(member);
            }
        }
    }

    private static Code codeOf(MethodModel method) {
        Code found = new Code(new HashSet<>(), new HashSet<>());
        method.code().ifPresent(code -> code.forEach(element -> collect(element, found)));
        return found;
    }

    private static void collect(CodeElement element, Code found) {
        switch (element) {
            case InvokeInstruction call ->
                found.calls()
                        .add(new Member(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue()));
            case FieldInstruction field
            when field.opcode() == Opcode.GETSTATIC ->
                found.reads()
                        .add(new Member(
                                field.owner().asInternalName(),
                                field.name().stringValue(),
                                field.type().stringValue()));
            case InvokeDynamicInstruction lambda ->
                lambda.bootstrapArgs().stream()
                        .filter(DirectMethodHandleDesc.class::isInstance)
                        .map(DirectMethodHandleDesc.class::cast)
                        .map(handle ->
                                new Member(nameOf(handle.owner()), handle.methodName(), handle.lookupDescriptor()))
                        .forEach(found.calls()::add);
            default -> {}
        }
    }

    static String nameOf(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    Set<Member> methods() {
        return code.keySet();
    }

    List<Member> commandHandlers() {
        return handlers;
    }

    Code code(Member method) {
        return code.getOrDefault(method, Code.NONE);
    }

    /// A type and everything that it extends and implements.
    Set<String> supertypes(String type) {
        return closure(type, parents);
    }

    private static Set<String> closure(String type, Map<String, Set<String>> next) {
        Set<String> found = new LinkedHashSet<>(Set.of(type));
        for (String one : next.getOrDefault(type, Set.of())) {
            found.addAll(closure(one, next));
        }
        return found;
    }

    /// What runs when a method is called: where it is declared, and where it is overridden.
    Set<Member> implementations(Member called) {
        if (!called.owner().startsWith(OURS)) {
            return Set.of();
        }
        Set<Member> found = new HashSet<>();
        Set<String> types = new HashSet<>(closure(called.owner(), parents));
        types.addAll(closure(called.owner(), children));
        for (String type : types) {
            Member candidate = new Member(type, called.name(), called.descriptor());
            if (code.containsKey(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /// The enumerations that implement an interface.
    Stream<Class<?>> enumsOf(Class<?> kind) {
        return children.getOrDefault(kind.getName().replace('.', '/'), Set.of()).stream()
                .map(name -> name.replace('/', '.'))
                .map(ProgramClasses::load)
                .filter(Class::isEnum);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }
}
