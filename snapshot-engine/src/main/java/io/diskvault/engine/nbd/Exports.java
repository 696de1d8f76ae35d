package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says which exports there are. Asked by many threads, each time anew.
public interface Exports {

    /// The names that everybody may know who connects. Secret ones are left out.
    List<String> listed();

    /// The export that a client asks for.
    ///
    /// @param name whatever the client sent; empty when it takes what it is given
    Optional<Export> find(String name) throws IOException, DatastoreException;
}
