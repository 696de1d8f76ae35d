#!/usr/bin/env python3
"""Rewrites some of a disk image, scattered, as a running machine would.

    scatter.py IMAGE PERCENT SEED

PERCENT of the 4 KiB blocks that hold data get new random bytes: three quarters of them alone, one quarter in runs of 64
neighbours, as when a file is written anew. Holes stay holes.
"""
import os
import random
import sys

BLOCK = 4096
RUN = 64


def blocks_with_data(image, size):
    at = 0
    while at < size:
        try:
            start = os.lseek(image, at, os.SEEK_DATA)
        except OSError:
            return
        at = os.lseek(image, start, os.SEEK_HOLE)
        yield from range(start // BLOCK, at // BLOCK)


def main():
    path, percent, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    image = os.open(path, os.O_RDWR)
    known = list(blocks_with_data(image, os.fstat(image).st_size))
    left = int(len(known) * percent / 100)
    while left > 0:
        # One start in 193 is a run: then runs write a quarter of everything.
        length = min(left, RUN if chance.randrange(193) == 0 else 1)
        start = chance.randrange(len(known))
        for block in known[start : start + length]:
            os.pwrite(image, chance.randbytes(BLOCK), block * BLOCK)
        left -= length
    os.fsync(image)
    os.close(image)


main()
