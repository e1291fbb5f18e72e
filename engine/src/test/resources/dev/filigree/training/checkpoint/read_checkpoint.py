"""Reads a checkpoint with NumPy alone: read_checkpoint.py FILE prints every section's name, type, size and sum."""
import struct
import sys

import numpy

TYPES = {1: "<u1", 2: "<i4", 3: "<i8", 4: "<f4", 5: "<f8"}


def crc32c(data):
    remainder = 0xFFFFFFFF
    for byte in data:
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder >> 1) ^ (0x82F63B78 if remainder & 1 else 0)
    return remainder ^ 0xFFFFFFFF


def read(path):
    data = numpy.memmap(path, mode="r")
    magic, version, count, size, table_sum, header_sum = struct.unpack("<8sIIQII", data[:32])
    assert magic == b"\x89FLG\r\n\x1a\n" and version == 1 and size == len(data), "not a whole checkpoint"
    assert header_sum == crc32c(data[:28].tobytes()), "the header is damaged"
    assert table_sum == crc32c(data[64:64 + 64 * count].tobytes()), "the table is damaged"
    sections = {}
    for entry in range(64, 64 + 64 * count, 64):
        name, kind, sum_, offset, elements = struct.unpack("<40sIIQQ", data[entry:entry + 64])
        values = numpy.frombuffer(data, TYPES[kind], elements, offset)
        name = name.rstrip(b"\0").decode()
        assert sum_ == crc32c(values.tobytes()), name + " is damaged"
        sections[name] = values
    return sections


for name, values in read(sys.argv[1]).items():
    print(name, values.dtype.str, values.size, float(values.astype(float).sum()))
