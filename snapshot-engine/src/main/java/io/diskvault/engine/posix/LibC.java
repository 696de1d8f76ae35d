package io.diskvault.engine.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The functions of the C library that this package calls, each with its error number captured.
@SuppressWarnings("restricted") // Calling C is what this class is for.
final class LibC {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfLong SIZE = JAVA_LONG;

    private static final MethodHandle OPEN = capturing(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FLOCK = capturing("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = capturing("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle LSEEK =
            capturing("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FCNTL = capturing(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FTRUNCATE =
            capturing("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle FALLOCATE =
            capturing("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle KILL = capturing("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle RENAMEAT2 =
            capturing("renameat2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle OPENAT2 = capturing(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, SIZE),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle POSIX_FADVISE =
            capturing("posix_fadvise", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    /// The number of the system call `openat2`, the same on every architecture.
    private static final long SYS_OPENAT2 = 437;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;

    /// What [#lockInTheWay] answers when there is none.
    static final int F_UNLCK = 2;

    private LibC() {}

    /// What a call answered. The error number has a meaning only after a negative value.
    record Answer(long value, int errno) {
        boolean failed() {
            return value < 0;
        }

        String reason() {
            return errorText(errno);
        }
    }

    static Answer open(String path, int flags) {
        return open(path, flags, 0);
    }

    /// @param mode the permissions of a file that this call creates
    static Answer open(String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags, mode), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer flock(int descriptor, int operation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) FLOCK.invokeExact(state, descriptor, operation), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) CLOSE.invokeExact(state, descriptor), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer lseek(int descriptor, long offset, int whence) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((long) LSEEK.invokeExact(state, descriptor, offset, whence), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Asks whose lock would be in the way of an exclusive one on a range.
    ///
    /// @return the kind of the lock that is there
    static Answer lockInTheWay(int descriptor, long offset, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment lock = exclusiveLock(arena, offset, length);
            Answer answer = answer((int) FCNTL.invokeExact(state, descriptor, F_OFD_GETLK, lock), state);
            return answer.failed() ? answer : new Answer(lock.get(JAVA_SHORT, 0), 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer ftruncate(int descriptor, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) FTRUNCATE.invokeExact(state, descriptor, length), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Takes an exclusive lock on a whole file, whatever its length, for this open file and not for the process.
    static Answer lockWhole(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment lock = exclusiveLock(arena, 0, 0);
            return answer((int) FCNTL.invokeExact(state, descriptor, F_OFD_SETLK, lock), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// @param length none for all that there is from the offset on
    private static MemorySegment exclusiveLock(Arena arena, long offset, long length) {
        // struct flock: l_type, l_whence, l_start at 8, l_len at 16, l_pid
        MemorySegment lock = arena.allocate(32, Long.BYTES);
        lock.set(JAVA_SHORT, 0, F_WRLCK);
        lock.set(JAVA_LONG, 8, offset);
        lock.set(JAVA_LONG, 16, length);
        return lock;
    }

    static Answer kill(int process, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) KILL.invokeExact(state, process, signal), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer renameat2(String from, String to, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment source = arena.allocateFrom(from);
            MemorySegment target = arena.allocateFrom(to);
            int currentDirectory = -100;
            return answer(
                    (int) RENAMEAT2.invokeExact(state, currentDirectory, source, currentDirectory, target, flags),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer openat2(int directory, String path, long flags, long resolve) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment how = arena.allocateFrom(JAVA_LONG, flags, 0, resolve);
            return answer(
                    (long) OPENAT2.invokeExact(
                            state, SYS_OPENAT2, directory, arena.allocateFrom(path), how, how.byteSize()),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Answer fallocate(int descriptor, int mode, long offset, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return answer((int) FALLOCATE.invokeExact(state, descriptor, mode, offset, length), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// @return what it answered: zero, or the number of an error
    static int posixFadvise(int descriptor, long offset, long length, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return (int) POSIX_FADVISE.invokeExact(state, descriptor, offset, length, advice);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static Answer answer(long value, MemorySegment state) {
        return new Answer(value, value < 0 ? (int) ERRNO.get(state, 0L) : 0);
    }

    private static String errorText(int errno) {
        return text(errno) + " (errno " + errno + ")";
    }

    /// What the system calls an error, in the language that it speaks.
    static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle capturing(String name, FunctionDescriptor function, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), function, all);
    }

    private static IllegalStateException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("A call of the C library failed in an unforeseen way.", e);
    }
}
