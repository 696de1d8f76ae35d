package io.diskvault.engine.source;

class FakeDiskTest implements DiskSourceContract {

    @Override
    public DiskSource disk(byte[] content) {
        return new FakeDisk(content);
    }
}
