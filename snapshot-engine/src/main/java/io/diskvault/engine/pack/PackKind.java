package io.diskvault.engine.pack;

/// What the chunks of a pack are. The codes are stored.
public enum PackKind {
    CONTENT(1),
    MANIFEST(2);

    private final int code;

    PackKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
