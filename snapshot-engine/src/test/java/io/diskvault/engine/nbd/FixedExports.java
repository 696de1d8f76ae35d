package io.diskvault.engine.nbd;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One export that is listed and is the default, one that is secret, and one that cannot be opened.
record FixedExports(Export open, Export secret) implements Exports {

    static FixedExports of(ExportedDisk disk) {
        return new FixedExports(
                new Export("web-1", "recovery point 1 of web-1", disk), new Export("s3cret", "the same", disk));
    }

    @Override
    public List<String> listed() {
        return List.of(open.name());
    }

    @Override
    public Optional<Export> find(String name) throws IOException {
        return switch (name) {
            case "", "web-1" -> Optional.of(open);
            case "s3cret" -> Optional.of(secret);
            case "broken" -> throw new IOException("Input/output error");
            default -> Optional.empty();
        };
    }
}
