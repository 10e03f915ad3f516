# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reckon a workbook again with LibreOffice, which is given the formulas alone."""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl

SOFFICE = shutil.which("soffice")


def formulas(workbook):
    """``{(sheet, cell): formula}``"""
    return _cells(workbook, data_only=False, keep=_is_formula)


def stored(workbook):
    """``{(sheet, cell): value}`` of the cells that hold a formula, as written."""
    places = formulas(workbook)
    return {
        place: value
        for place, value in _cells(workbook, data_only=True).items()
        if place in places
    }


def recalculated(workbook):
    """The same as LibreOffice reckons them."""
    places = formulas(workbook)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.xlsx")
        source.write_bytes(_without_values(workbook))
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                f"{folder}/out",
                source,
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        again = Path(folder, "out", "source.xlsx").read_bytes()
    return {
        place: value
        for place, value in _cells(again, data_only=True).items()
        if place in places
    }


def _is_formula(value):
    return isinstance(value, str) and value.startswith("=")


def _cells(workbook, data_only, keep=lambda _value: True):
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=data_only)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if keep(cell.value)
    }


def _without_values(workbook):
    """The workbook with the values of its formulas left out: whoever opens it has to
    reckon."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            target.writestr(name, data)
    return out.getvalue()
