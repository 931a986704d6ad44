"""The peer of `script/bench ledger`: openpyxl in its streaming modes, on the same cells."""

import sys
import time

import openpyxl


def peak_mb():
    with open("/proc/self/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def rows_of(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return book.worksheets[0].iter_rows(min_row=3, values_only=True)


def text(value):
    if value is None:
        return ""
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)


def main():
    what, begun = sys.argv[1], time.perf_counter()
    if what == "row":
        # The first row, as both writers are given it; the id is the program's own.
        print("\t".join(text(value).replace("\n", " ") for value in list(next(rows_of(sys.argv[2])))[:-1]))
        return
    if what == "read":
        rows = sum(1 for _ in rows_of(sys.argv[2]))
    else:
        with open(sys.argv[2], encoding="utf-8") as line:
            cells = line.read().rstrip("\n").split("\t")
        rows = int(sys.argv[3])
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("台账")
        for at in range(rows):
            sheet.append([*cells, f"case:{at:08}"])
        book.save(sys.argv[4])
    print(f"openpyxl {what}\t{rows}\t{time.perf_counter() - begun:.2f}\t{peak_mb()}")


main()
