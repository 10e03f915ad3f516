# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names, formats and pages of the sheets."""

from datetime import datetime

from xlsxwriter.utility import xl_col_to_name

#: French Euro: 1 234,56 €; whole euros as the form wants them; per cent; day.
MONEY = "[$-40C]#,##0.00\\ [$€-40C];[Red][$-40C]\\-#,##0.00\\ [$€-40C]"
EUROS = "[$-40C]#,##0\\ [$€-40C];[Red][$-40C]\\-#,##0\\ [$€-40C]"
PERCENT = "[$-40C]0.0\\ %"
DAY = "[$-40C]dd/mm/yyyy"
DARK, PALE, LINE = "#2F4858", "#E8EEF0", "#C9D3D8"


class Formats:
    """Formats by name, made once a workbook."""

    def __init__(self, book):
        def add(**properties):
            return book.add_format(
                {"font_name": "Arial", "font_size": 9, "valign": "top", **properties}
            )

        border = {"border": 1, "border_color": LINE}
        self.title = add(bold=True, font_size=15, font_color=DARK)
        self.subtitle = add(bold=True, font_size=11, font_color=DARK)
        self.note = add(italic=True, font_color="#555555", text_wrap=True)
        self.header = add(
            bold=True, bg_color=DARK, font_color="white", text_wrap=True, **border
        )
        self.label = add(bold=True, **border)
        self.text = add(text_wrap=True, **border)
        self.code = add(font_color="#555555", **border)
        self.money = add(num_format=MONEY, **border)
        self.euros = add(num_format=EUROS, **border)
        self.percent = add(num_format=PERCENT, **border)
        self.hours = add(num_format="[$-40C]#,##0.00", **border)
        self.day = add(num_format=DAY, align="left", **border)
        self.good = add(font_color="#1B6E3C", bold=True, **border)
        self.bad = add(font_color="#A61E1E", bold=True, **border)
        strong = {"bold": True, "bg_color": PALE, **border}
        self.sum_text = add(text_wrap=True, **strong)
        self.sum_money = add(num_format=MONEY, **strong)
        self.sum_euros = add(num_format=EUROS, **strong)
        self.sum_hours = add(num_format="[$-40C]#,##0.00", **strong)
        self.sum_percent = add(num_format=PERCENT, **strong)

    @staticmethod
    def moment(day):
        """A day as ISO text made what a sheet writes."""
        return datetime.fromisoformat(day)


def sheet_names(env, content):
    """``{key: name}`` in reading order: at most 31 characters, no two alike."""
    _ = env._
    names = {
        "cover": _("Cover"),
        "synthesis": _("Synthesis"),
        **{
            f"brick_{brick['id']}": f"{brick['code']} {brick['name']}"
            for brick in content["bricks"]
        },
        "expenses": _("Expenses"),
        "products": _("Income"),
        "time": _("Time"),
        "in_kind": _("Volunteering"),
        "keys": _("Indirect key"),
        "tranches": _("Tranches"),
        "controls": _("Controls"),
        "annexes": _("Annexes"),
    }
    return {
        key: "".join(one for one in name if one not in "[]:*?/\\'")[:31].strip()
        for key, name in names.items()
    }


def line_words(env):
    """``{code of a line: what stands in its place}``, of lines that the form gives no
    number."""
    _ = env._
    return {
        "own": _("Own res."),
        "indirect": _("Ind. costs"),
        "indirect_fixed": _("Ind. fixed"),
        "indirect_financial": _("Ind. fin."),
        "indirect_other": _("Ind. other"),
    }


def page(writer, key, widths, header=None, portrait=False):
    """The page of a sheet: A4, one page wide, titles on each page, a foot."""
    sheet = writer.sheets[key]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    content = writer.content
    sheet.set_footer(
        "&L&8{company} – {agreement}\nSHA-256 {digest}&R&8&A – &P/&N".format(
            company=_foot(content["company"]["name"]),
            agreement=_foot(content["agreement"]["name"]),
            digest=writer.report["digest"] or "",
        )
    )
    if header is not None:
        sheet.repeat_rows(header)
        sheet.freeze_panes(header + 1, 0)
    return sheet


def _foot(text):
    """Words of a foot: ``&`` is a command there, and its length is bounded."""
    return text[:60].replace("&", "&&")


def quoted(name):
    return f"'{name}'"


def column_range(name, column, first, last):
    """``'Sheet'!$N$5:$N$99``; rows count from zero."""
    letter = xl_col_to_name(column)
    return f"{quoted(name)}!${letter}${first + 1}:${letter}${last + 1}"


def money(cents):
    return cents / 100
