package io.diskvault.files;

import java.io.IOException;

/// Writes an archive, one thing after the other. Paths have names between slashes, are relative and lead nowhere
/// else.
interface ArchiveWriter {
    /// A name from a file system as it stands in a path of this archive. It is no `.` and no `..`, has no slash in
    /// it, and is not empty.
    String name(String shown);

    void folder(String path, Entry entry) throws IOException;

    /// @param size what [#content] will give until [#endFile]
    void startFile(String path, Entry entry, long size) throws IOException;

    void content(byte[] bytes) throws IOException;

    void endFile() throws IOException;

    /// @return `false` if archives of this format have no links; nothing was written then
    boolean link(String path, Entry entry) throws IOException;

    void finish() throws IOException;
}
