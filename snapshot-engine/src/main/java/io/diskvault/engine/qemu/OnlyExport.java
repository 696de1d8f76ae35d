package io.diskvault.engine.qemu;

import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import java.util.List;
import java.util.Optional;

/// One disk for whoever reaches the socket.
record OnlyExport(Export export) implements Exports {

    @Override
    public List<String> listed() {
        return List.of(export.name());
    }

    @Override
    public Optional<Export> find(String name) {
        return name.equals(export.name()) ? Optional.of(export) : Optional.empty();
    }
}
