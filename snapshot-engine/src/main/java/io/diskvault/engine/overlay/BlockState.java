package io.diskvault.engine.overlay;

/// What is known of one block. The codes are stored.
enum BlockState {
    /// Never written: what the base has.
    BASE(0),
    /// The overlay has all of it.
    WRITTEN(1),
    /// Reads as zeros, whatever the base has.
    ZEROS(2);

    /// How many bits a code has.
    static final int BITS = 2;

    private final int code;

    BlockState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static BlockState of(int code) {
        return switch (code) {
            case 0 -> BASE;
            case 1 -> WRITTEN;
            case 2 -> ZEROS;
            default -> throw new IllegalArgumentException("No block is in a state with the code " + code + ".");
        };
    }
}
