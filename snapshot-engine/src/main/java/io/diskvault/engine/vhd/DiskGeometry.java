package io.diskvault.engine.vhd;

/// Cylinders, heads and sectors as the VHD specification computes them from a size. Old readers take them for the size,
/// so they never stand for more than the disk has; above 127 GiB they stand for less.
record DiskGeometry(int cylinders, int heads, int sectorsPerTrack) {
    private static final long CYLINDERS_MAX = 65_535;
    private static final int HEADS_MAX = 16;
    private static final int CYLINDERS_OF_OLD_CONTROLLERS = 1024;

    static DiskGeometry of(long sizeBytes) {
        long sectors = Math.min(sizeBytes / VhdFooter.BYTES, CYLINDERS_MAX * HEADS_MAX * 255);
        if (sectors >= CYLINDERS_MAX * HEADS_MAX * 63) {
            return of(sectors, HEADS_MAX, 255);
        }
        long tracks = sectors / 17;
        long heads = Math.max(4, Math.ceilDiv(tracks, CYLINDERS_OF_OLD_CONTROLLERS));
        if (heads <= HEADS_MAX && tracks < heads * CYLINDERS_OF_OLD_CONTROLLERS) {
            return of(sectors, heads, 17);
        }
        boolean few = sectors / 31 < (long) HEADS_MAX * CYLINDERS_OF_OLD_CONTROLLERS;
        return of(sectors, HEADS_MAX, few ? 31 : 63);
    }

    private static DiskGeometry of(long sectors, long heads, int sectorsPerTrack) {
        return new DiskGeometry((int) (sectors / sectorsPerTrack / heads), (int) heads, sectorsPerTrack);
    }

    /// As the footer has it.
    int packed() {
        return cylinders << 16 | heads << 8 | sectorsPerTrack;
    }
}
