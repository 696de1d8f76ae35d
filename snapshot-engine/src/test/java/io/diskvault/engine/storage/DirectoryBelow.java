package io.diskvault.engine.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A directory inside another one, as a directory of its own: so that a datastore and the disks restored from it lie
/// on one disk and lose power together.
public record DirectoryBelow(Directory above, String path) implements Directory {

    private String whole(String name) {
        return name.isEmpty() ? path : path + "/" + name;
    }

    @Override
    public OutputFile create(String name) throws IOException {
        return above.create(whole(name));
    }

    @Override
    public OutputFile createLocked(String name) throws IOException {
        return above.createLocked(whole(name));
    }

    @Override
    public LockedFile createForUpdate(String name) throws IOException {
        return above.createForUpdate(whole(name));
    }

    @Override
    public Optional<LockedFile> openForUpdate(String name) throws IOException {
        return above.openForUpdate(whole(name));
    }

    @Override
    public ExistingFile openLocked(String name) throws IOException {
        return above.openLocked(whole(name));
    }

    @Override
    public boolean deleteAbandoned(String name) throws IOException {
        return above.deleteAbandoned(whole(name));
    }

    @Override
    public InputFile open(String name) throws IOException {
        return above.open(whole(name));
    }

    @Override
    public void publish(String temporaryName, String name) throws IOException {
        above.publish(whole(temporaryName), whole(name));
    }

    @Override
    public void replace(String temporaryName, String name) throws IOException {
        above.replace(whole(temporaryName), whole(name));
    }

    @Override
    public boolean delete(String name) throws IOException {
        return above.delete(whole(name));
    }

    @Override
    public void createDirectory(String name) throws IOException {
        above.createDirectory(whole(name));
    }

    @Override
    public void syncDirectory(String name) throws IOException {
        above.syncDirectory(whole(name));
    }

    @Override
    public List<String> list(String name) throws IOException {
        return above.list(whole(name));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return above.exists(whole(name));
    }
}
