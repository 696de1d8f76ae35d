package io.diskvault.engine.verify;

import java.util.List;

/// Something that is wrong with a file of a datastore.
///
/// @param file its name in the datastore; of something that is missing, where it was to be
/// @param what what is wrong, as sentences for people
/// @param affected the recovery points that cannot be restored whole because of it; none when they can do without
/// @param abridged whether there are more affected recovery points or parts of them than are listed, because so much
///     is damaged; [VerifyResult#affected] has every recovery point
public record Finding(Kind kind, String file, String what, List<AffectedPoint> affected, boolean abridged) {

    /// How it is wrong.
    public enum Kind {
        /// It is not there.
        MISSING,
        /// It is there, but not as it was written.
        DAMAGED,
        /// It is whole, but belongs somewhere else.
        MISPLACED,
        /// The storage could not read it. It may be whole; try again before you give it up.
        UNREADABLE,
        /// It is whole, but another version of the program wrote it.
        OTHER_VERSION
    }

    public Finding {
        affected = List.copyOf(affected);
    }

    public Finding(Kind kind, String file, String what, List<AffectedPoint> affected) {
        this(kind, file, what, affected, false);
    }

    /// What an exception says about a file.
    ///
    /// @param problem a [io.diskvault.engine.DatastoreException] or an [java.io.IOException]
    public static Finding of(String file, Exception problem, List<AffectedPoint> affected) {
        return new Finding(Problems.kindOf(problem), file, Problems.textOf(problem), affected);
    }

    /// Whether every recovery point can be restored in spite of it: what is wrong is needed by none, or there is
    /// another good copy.
    public boolean isHarmless() {
        return affected.isEmpty();
    }
}
