"""Reads file systems for Diskvault: run as a child of its own, without rights, on content that nobody trusts.

It has no file, socket or name of anything: only pipes. It asks for bytes of the disk on its output and gets them on
its input. A message to the parent is a kind (one byte), a length (four bytes, big-endian) and as many bytes:

    R  wants bytes of the disk: offset (eight bytes), length (four); answered by D and the bytes, or by X
    J  the answer to a request, in JSON
    B  the answer to a request, as bytes
    E  the refusal of a request, in JSON: code and message

A request is a length (four bytes) and JSON. There is one at a time.
"""

import codecs
import collections
import ctypes
import json
import os
import resource
import struct
import sys

MEMORY_BYTES = 2 << 30
PIECE_BYTES = 1 << 20
ENTRIES_MAX = 1_000_000
DIRECTORIES_KEPT = 4
ENTRIES_KEPT = 200_000
FILES_KEPT = 16
VOLUMES_MAX = 256
LINKS_MAX = 40
NAME_MAX = 300
FAST_LINK_MAX = 59
LINK_MAX = 4096

# Numbers of TSK and of NTFS.
ALLOCATED = 1
EXTENDED_ROOT = 0
NTFS_VOLUME_FILE = 3
NTFS_SYSTEM_FILES = 24
VOLUME_NAME = 0x60
VOLUME_INFORMATION = 0x70
REPARSE_POINT = 0xC0

requests = sys.stdin.buffer
answers = os.fdopen(os.dup(1), "wb")


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def received(length):
    data = requests.read(length)
    if len(data) < length:
        os._exit(0)
    return data


def send(kind, payload):
    answers.write(kind + struct.pack(">I", len(payload)) + payload)
    answers.flush()


def lock_up():
    """Gives away what a reader of hostile file systems must not have."""
    codecs.lookup("utf-16-le")  # Read from its file now: later there are none.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.chdir("/")
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
    ):
        resource.setrlimit(limit, (value, value))
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
        except OSError:
            pass  # Where not even the administrator may change users, the limits have to do.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def allow_seconds(seconds):
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


try:
    import pytsk3
except ImportError as missing:
    send(b"E", json.dumps({"code": "MISSING", "message": str(missing)}).encode())
    os._exit(3)

lock_up()

ENCRYPTED = int(pytsk3.TSK_FS_ATTR_ENC)
SPARSE = int(pytsk3.TSK_FS_ATTR_SPARSE)
TYPES = {
    int(pytsk3.TSK_FS_META_TYPE_REG): "file",
    int(pytsk3.TSK_FS_META_TYPE_DIR): "folder",
    int(pytsk3.TSK_FS_META_TYPE_LNK): "link",
    int(pytsk3.TSK_FS_META_TYPE_VIRT): "",
    int(pytsk3.TSK_FS_META_TYPE_VIRT_DIR): "",
}
NAME_TYPES = {
    int(pytsk3.TSK_FS_NAME_TYPE_REG): "file",
    int(pytsk3.TSK_FS_NAME_TYPE_DIR): "folder",
    int(pytsk3.TSK_FS_NAME_TYPE_LNK): "link",
    int(pytsk3.TSK_FS_NAME_TYPE_VIRT): "",
    int(pytsk3.TSK_FS_NAME_TYPE_VIRT_DIR): "",
}
READABLE = {
    "ext": pytsk3.TSK_FS_TYPE_EXT_DETECT,
    "ntfs": pytsk3.TSK_FS_TYPE_NTFS_DETECT,
    "fat": pytsk3.TSK_FS_TYPE_FAT_DETECT,
}
NAMELESS_CASE = ("ntfs", "fat")


class Disk(pytsk3.Img_Info):
    def __init__(self, size):
        self.size = size
        super().__init__(url="", type=pytsk3.TSK_IMG_TYPE_EXTERNAL)

    def get_size(self):
        return self.size

    def close(self):
        pass

    def read(self, offset, length):
        length = min(length, PIECE_BYTES, self.size - offset)
        if offset < 0 or length <= 0:
            return b""
        send(b"R", struct.pack(">QI", offset, length))
        if received(1) != b"D":
            raise IOError("the disk cannot be read here")
        return received(length)
