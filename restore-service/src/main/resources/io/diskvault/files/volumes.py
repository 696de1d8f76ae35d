# What is on a disk, and where. Goes on after pipe.py.


def shown(raw):
    """A name as people see it: bytes that are no UTF-8, and slashes, are written like \\xff."""
    return (raw or b"").decode("utf-8", "backslashreplace").replace("/", "\\x2f")


def signature(disk, start, size):
    """What is there, by its magic bytes; None if nothing that is known."""
    head = disk.read(start, min(size, 70_000))

    def has(offset, magic):
        return head[offset : offset + len(magic)] == magic

    if has(3, b"NTFS    "):
        return "ntfs"
    if has(3, b"EXFAT   "):
        return "exfat"
    if has(3, b"-FVE-FS-"):
        return "bitlocker"
    if has(3, b"ReFS\0\0\0\0"):
        return "refs"
    if has(510, b"\x55\xaa") and (has(54, b"FAT1") or has(82, b"FAT32")):
        return "fat"
    if has(0, b"XFSB"):
        return "xfs"
    if has(0, b"LUKS\xba\xbe"):
        return "luks"
    if has(0, b"hsqs"):
        return "squashfs"
    if has(32, b"NXSB"):
        return "apfs"
    if any(has(sector * 512, b"LABELONE") for sector in range(4)):
        return "lvm"
    if any(has(place, b"\xfc\x4e\x2b\xa9") for place in (0, 4096)):
        return "mdraid"
    if has(1024, b"\x10\x20\xf5\xf2"):
        return "f2fs"
    if has(1024, b"H+\0\4") or has(1024, b"HX\0\5"):
        return "hfsplus"
    if has(1080, b"\x53\xef"):
        return "ext"
    if has(4086, b"SWAPSPACE2") or has(4086, b"SWAP-SPACE"):
        return "swap"
    if has(65_600, b"_BHRfS_M"):
        return "btrfs"
    if has(32_769, b"CD001"):
        return "iso9660"
    uberblocks = disk.read(start + (128 << 10), min(128 << 10, size - (128 << 10)))
    if any(uberblocks[at : at + 4] == b"\x0c\xb1\xba\0" for at in range(0, len(uberblocks), 1024)):
        return "zfs"
    return None


class Volume:
    """A stretch of the disk that may hold a file system."""

    def __init__(self, disk, number, name, start, size):
        self.disk, self.number, self.name, self.start, self.size = disk, number, name, start, size
        self.kind = signature(disk, start, size) if size > 0 else None
        self.label = ""
        self.problem = ""
        self.notes = []
        self.system = None
        if self.kind in READABLE:
            self.open()

    def open(self):
        try:
            system = pytsk3.FS_Info(self.disk, offset=self.start, type=READABLE[self.kind])
            if system.info.block_size * (system.info.last_block + 1) > self.size:
                self.notes.append("truncated")
            self.detail(system)
            self.system = system
        except (IOError, RuntimeError) as damaged:
            self.problem = reason(damaged)

    def detail(self, system):
        if self.kind == "ext":
            block = self.disk.read(self.start + 1024, 1024)
            self.label = shown(block[120:136].split(b"\0")[0])
            compatible, incompatible = struct.unpack_from("<II", block, 92)
            self.kind = "ext4" if incompatible & 0x2C0 else "ext3" if compatible & 4 else "ext2"
            if incompatible & 4:
                self.notes.append("journal")
            if incompatible & 0x10000:
                self.notes.append("encryption")
        elif self.kind == "fat":
            block = self.disk.read(self.start, 512)
            wide = block[82:87] == b"FAT32"
            self.kind = "fat32" if wide else "fat12" if block[54:59] == b"FAT12" else "fat16"
            label = block[71:82] if wide else block[43:54]
            self.label = "" if label == b"NO NAME    " else shown(label.rstrip(b" \0"))
        elif self.kind == "ntfs":
            volume = system.open_meta(NTFS_VOLUME_FILE)
            for attribute in volume:
                kind, size = int(attribute.info.type), attribute.info.size
                if kind == VOLUME_NAME and 0 < size <= 512:
                    self.label = content(volume, kind, attribute.info.id, size).decode("utf-16-le", "replace")
                elif kind == VOLUME_INFORMATION and size >= 12:
                    if content(volume, kind, attribute.info.id, 12)[10] & 1:
                        self.notes.append("dirty")

    def told(self):
        return {
            "number": self.number,
            "name": self.name[:NAME_MAX],
            "start": self.start,
            "size": self.size,
            "kind": self.kind or "",
            "label": self.label[:NAME_MAX],
            "readable": self.system is not None,
            "problem": self.problem,
            "notes": self.notes,
        }


def content(file, kind, identity, length):
    return file.read_random(0, length, kind, identity)


def reason(failure):
    """Of what TSK says, what follows the place in its source."""
    return str(failure).split(") ", 1)[-1][:NAME_MAX]


def partitions(disk):
    first = signature(disk, 0, disk.size)
    if first in ("ntfs", "fat", "exfat", "bitlocker", "refs"):
        return []
    sectors = disk.read(0, 4096 + 8)
    if b"EFI PART" in (sectors[512:520], sectors[4096:4104]):
        kind = pytsk3.TSK_VS_TYPE_GPT
    elif sectors[510:512] == b"\x55\xaa":
        kind = pytsk3.TSK_VS_TYPE_DOS
    else:
        return []
    try:
        table = pytsk3.Volume_Info(disk, type=kind)
        found = [part for part in table if int(part.flags) & ALLOCATED]
        unit = table.info.block_size
    except (IOError, RuntimeError):
        return []
    logical = 5
    numbered = []
    for part in found[:VOLUMES_MAX]:
        if part.table_num > EXTENDED_ROOT:
            number, logical = logical, logical + 1
        else:
            number = part.slot_num + 1
        start = part.start * unit
        size = max(0, min(part.len * unit, disk.size - start))
        volume = Volume(disk, number, (part.desc or b"").decode("utf-8", "replace"), start, size)
        if size < part.len * unit:
            volume.notes.append("truncated")
        numbered.append(volume)
    return numbered
