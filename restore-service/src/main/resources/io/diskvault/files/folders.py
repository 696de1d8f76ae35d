# What is in a volume, and the requests for it. Goes on after volumes.py.


class Reader:
    def __init__(self, size):
        self.disk = Disk(size)
        self.found = None
        self.directories = collections.OrderedDict()
        self.files = collections.OrderedDict()

    def volumes(self):
        if self.found is None:
            found = partitions(self.disk)
            if not found:
                whole = Volume(self.disk, 0, "", 0, self.disk.size)
                found = [whole] if whole.kind else []
            self.found = {volume.number: volume for volume in found}
        return self.found

    def system(self, number):
        volume = self.volumes().get(number)
        if volume is None or volume.system is None:
            raise Refused("NO_VOLUME", "")
        return volume

    def entries(self, number, node):
        """What is in a folder, by name."""
        known = self.directories.get((number, node))
        if known is None:
            known = self.read_directory(self.system(number), node)
            self.directories[(number, node)] = known
            while len(self.directories) > 1 and (
                len(self.directories) > DIRECTORIES_KEPT
                or sum(map(len, self.directories.values())) > ENTRIES_KEPT
            ):
                self.directories.popitem(last=False)
        self.directories.move_to_end((number, node))
        return known

    def read_directory(self, volume, node):
        root = node == volume.system.info.root_inum
        entries = {}
        for file in volume.system.open_dir(inode=node):
            entry = self.entry(volume, file, root)
            if entry is not None:
                # The first of a name counts, as it does for an operating system.
                entries.setdefault(entry["name"], entry)
            if len(entries) > ENTRIES_MAX:
                raise Refused("TOO_MANY", "")
        return [entries[name] for name in sorted(entries)]

    def entry(self, volume, file, root):
        name, meta = file.info.name, file.info.meta
        raw = name.name
        if not raw or raw in (b".", b"..") or not int(name.flags) & ALLOCATED:
            return None
        if root and volume.kind == "ntfs" and name.meta_addr < NTFS_SYSTEM_FILES:
            return None
        if root and volume.kind.startswith("fat") and raw.endswith(b" (Volume Label Entry)"):
            return None
        kind = (TYPES if meta else NAME_TYPES).get(int(meta.type if meta else name.type), "other")
        if not kind or (meta and not int(meta.flags) & ALLOCATED):
            return None
        extended = volume.kind.startswith("ext")
        entry = described(shown(raw), name.meta_addr, kind, meta, extended)
        if kind == "link" and meta and extended and FAST_LINK_MAX < meta.size <= LINK_MAX:
            entry["target"] = long_target(file, meta.size)
        return entry

    def find(self, number, path, follow):
        """The entry at a path; links on the way are followed inside the volume."""
        volume = self.system(number)
        top = described("", volume.system.info.root_inum, "folder", None)
        trail, todo, links = [top], collections.deque(path), 0
        while todo:
            name = todo.popleft()
            if name in ("", "."):
                continue
            if name == "..":
                trail = trail[:-1] or trail
                continue
            if trail[-1]["type"] != "folder":
                raise Refused("NO_FOLDER", "/".join(step["name"] for step in trail[1:]))
            step = self.child(volume, trail[-1]["node"], name)
            if step is None:
                raise Refused("NOT_FOUND", "/".join([step["name"] for step in trail[1:]] + [name]))
            if step["type"] == "link" and (todo or follow):
                links += 1
                if links > LINKS_MAX:
                    raise Refused("NOT_FOUND", "/".join([step["name"] for step in trail[1:]] + [name]))
                target = step["target"]
                trail = [top] if target.startswith("/") else trail
                todo.extendleft(reversed(target.split("/")))
                continue
            trail.append(step)
        return {"path": [step["name"] for step in trail[1:]], "entry": trail[-1]}

    def child(self, volume, node, name):
        entries = self.entries(volume.number, node)
        for entry in entries:
            if entry["name"] == name:
                return entry
        if volume.kind.startswith(NAMELESS_CASE):
            for entry in entries:
                if entry["name"].casefold() == name.casefold():
                    return entry
        return None

    def file(self, number, node):
        known = self.files.get((number, node))
        if known is None:
            volume = self.system(number)
            known = volume.system.open_meta(node)
            self.files[(number, node)] = known
            while len(self.files) > FILES_KEPT:
                self.files.popitem(last=False)
        self.files.move_to_end((number, node))
        return known

    def check(self, number, node):
        """How large a file is, and why its content cannot be given, if so."""
        file = self.file(number, node)
        if TYPES.get(int(file.info.meta.type)) != "file":
            raise Refused("NO_FILE", "")
        problem = ntfs_problem(file) if self.system(number).kind == "ntfs" else ""
        return {"size": file.info.meta.size, "problem": problem}

    def read(self, number, node, offset, length):
        file = self.file(number, node)
        length = min(length, PIECE_BYTES, max(0, file.info.meta.size - offset))
        if offset < 0 or length <= 0:
            return b""
        data = bytearray()
        while len(data) < length:
            piece = file.read_random(offset + len(data), length - len(data))
            if not piece:
                raise Refused("UNREADABLE", "it ends before its size")
            data += piece
        return bytes(data)


def described(name, node, kind, meta, modes=False):
    entry = {"name": name, "node": node, "type": kind, "size": 0, "seconds": 0, "nanos": 0}
    entry.update({"mode": -1, "uid": 0, "gid": 0, "target": ""})
    if meta:
        entry["size"] = max(0, meta.size) if kind == "file" else 0
        entry["seconds"], entry["nanos"] = meta.mtime, min(meta.mtime_nano, 999_999_999)
        if modes:
            entry["mode"], entry["uid"], entry["gid"] = int(meta.mode) & 0o777, meta.uid, meta.gid
        if kind == "link":
            entry["target"] = (meta.link or b"").decode("utf-8", "backslashreplace")
    return entry


def long_target(file, size):
    """TSK itself looks for a long target where it was before there were extents."""
    try:
        return file.read_random(0, size).decode("utf-8", "backslashreplace")
    except (IOError, RuntimeError):
        return ""


def ntfs_problem(file):
    for attribute in file:
        kind, size, flags = int(attribute.info.type), attribute.info.size, int(attribute.info.flags)
        if kind == REPARSE_POINT and size >= 4:
            tag = struct.unpack("<I", content(file, kind, attribute.info.id, 4))[0]
            if tag == 0x80000017:
                return "wof"
            if tag == 0x80000013:
                return "dedup"
            if tag in (0xA000000C, 0xA0000003):
                return "link"
            if tag & 0xFFFF0FFF == 0x9000001A and data_flags(file) & SPARSE:
                return "cloud"
    return "efs" if data_flags(file) & ENCRYPTED else ""


def data_flags(file):
    for attribute in file:
        if int(attribute.info.type) == 0x80 and not attribute.info.name:
            return int(attribute.info.flags)
    return 0


def answered(reader, request):
    operation = request["op"]
    if operation == "volumes":
        return [volume.told() for volume in reader.volumes().values()]
    number = request["volume"]
    if operation == "find":
        return reader.find(number, request["path"], request["follow"])
    node = request["node"]
    if operation == "list":
        entries = reader.entries(number, node)
        start = request["from"]
        return {"entries": entries[start : start + request["limit"]], "total": len(entries)}
    if operation == "check":
        return reader.check(number, node)
    return reader.read(number, node, request["offset"], request["length"])


def main():
    opened = json.loads(received(struct.unpack(">I", received(4))[0]))
    reader = Reader(opened["size"])
    send(b"J", json.dumps({"version": pytsk3.TSK_VERSION_STR}).encode())
    while True:
        request = json.loads(received(struct.unpack(">I", received(4))[0]))
        allow_seconds(opened["seconds"])
        try:
            answer = answered(reader, request)
            if isinstance(answer, bytes):
                send(b"B", answer)
            else:
                send(b"J", json.dumps(answer).encode())
        except Refused as refused:
            send(b"E", json.dumps({"code": refused.code, "message": str(refused)}).encode())
        except MemoryError:
            send(b"E", json.dumps({"code": "TOO_MANY", "message": ""}).encode())
        except Exception as damaged:
            send(b"E", json.dumps({"code": "UNREADABLE", "message": reason(damaged)}).encode())


main()
