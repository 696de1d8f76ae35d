package io.diskvault.app.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// A server with a single disk.
///
/// @param open whether clients may see its name, or take it without one; otherwise the name is what protects it
record OneExport(Export export, boolean open) implements Exports {
    @Override
    public List<String> listed() {
        return open ? List.of(export.name()) : List.of();
    }

    @Override
    public Optional<Export> find(String name) {
        // In the same time for every wrong name of a length.
        boolean meant =
                MessageDigest.isEqual(name.getBytes(UTF_8), export.name().getBytes(UTF_8)) || (open && name.isEmpty());
        return meant ? Optional.of(export) : Optional.empty();
    }
}
