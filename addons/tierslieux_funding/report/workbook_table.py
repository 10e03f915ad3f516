# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sheets of sums: cover, synthesis by line of the form, one sheet a brick, controls."""

from xlsxwriter.utility import xl_rowcol_to_cell

from ..domain.financial_report import percent
from .workbook_lines import TOP
from .workbook_sheet import money, page, quoted


def write_cover(writer):
    """Which convention, which period, who: what identifies the report."""
    _ = writer.env._
    content, formats = writer.content, writer.formats
    company, agreement = content["company"], content["agreement"]
    sheet = page(writer, "cover", [34, 74], portrait=True)
    sheet.write_string(0, 0, content["title"], formats.title)
    sheet.write_string(1, 0, agreement["name"], formats.subtitle)
    signature = writer.report["signature"]
    rows = [
        (_("Association"), company["name"]),
        (_("SIRET"), company["siret"]),
        (_("RNA"), company["rna"]),
        (_("Address"), company["address"]),
        (_("Funder"), agreement["funder"]),
        (_("Convention"), agreement["reference"]),
        (_("Signed on"), agreement["signed_on"]),
        (_("Award"), agreement["amount"]),
        (_("Co-financing rate"), agreement["rate"]),
        (_("Actions"), "\n".join(agreement["actions"])),
        (_("Period from"), content["period"]["from"]),
        (_("Period to"), content["period"]["to"]),
        (_("Entries until"), content["posted_until"]),
        (_("Version"), str(content["version"])),
        (_("Why it was corrected"), content["reason"]),
        (_("Drawn up on"), content["drawn_on"]),
        (_("Drawn up by"), content["author"]),
        (_("SHA-256 of the content"), writer.report["digest"] or ""),
        *(
            [
                (
                    _("Signed by"),
                    "{name}, {quality}".format(**signature),
                ),
                (_("At"), signature["place"]),
                (_("On"), signature["date"]),
            ]
            if signature
            else []
        ),
    ]
    dates = {
        _("Signed on"),
        _("Period from"),
        _("Period to"),
        _("Entries until"),
        _("Drawn up on"),
        _("On"),
    }
    for row, (label, value) in enumerate(rows, 3):
        sheet.write_string(row, 0, label, formats.label)
        if label in dates and value:
            sheet.write_datetime(row, 1, formats.moment(value), formats.day)
        elif isinstance(value, int):
            sheet.write_number(row, 1, money(value), formats.money)
        else:
            sheet.write_string(row, 1, value or "", formats.text)
    row = 4 + len(rows)
    sheet.merge_range(row, 0, row, 1, content["sentence"], formats.subtitle)
    sheet.set_row(row, 32)
    sheet.merge_range(
        row + 1,
        0,
        row + 1,
        1,
        _(
            "Sums are live formulas over the sheets of expenses, income and "
            "volunteering, written with their values."
        ),
        formats.note,
    )
    sheet.set_row(row + 1, 26)


def write_bricks(writer):
    """A sheet a brick: its lines of expense, planned and actual."""
    _ = writer.env._
    formats = writer.formats
    charges = [row for row in writer.content["table"] if row["side"] == "charge"]
    for brick in writer.content["bricks"]:
        key = f"brick_{brick['id']}"
        sheet = page(writer, key, [14, 52, 15, 15, 10, 15], TOP, portrait=True)
        sheet.write_string(0, 0, brick["name"], formats.title)
        sheet.write_string(1, 0, ", ".join(brick["actions"]))
        _header(writer, sheet, TOP, 0, _("Charges"))
        rows = {row["code"]: row for row in brick["table"]}
        places = {row["code"]: TOP + 1 + offset for offset, row in enumerate(charges)}
        condition = '{brick},"{code}"'.format(
            brick=writer.range("expenses", "brick"), code=brick["code"]
        )
        for row in charges:
            _table_row(
                writer,
                sheet,
                0,
                rows[row["code"]],
                places,
                own=("number", rows[row["code"]]["own_planned"]),
                condition=condition,
                source="expenses",
            )
        writer.cells[key] = places
        _total_row(
            writer,
            sheet,
            0,
            TOP + 1 + len(charges),
            _("Total of charges"),
            [row for row in brick["table"]],
            places,
        )


def _header(writer, sheet, row, column, title):
    _ = writer.env._
    for offset, text in enumerate(
        (_("Line"), title, _("Planned"), _("Actual"), _("%"), _("Variance"))
    ):
        sheet.write_string(row, column + offset, text, writer.formats.header)


def _table_row(writer, sheet, column, line, places, own, condition, source):
    """One line of the form: code, name, planned, actual, per cent, variance.

    A line sums those below it and what is its own.

    :param own: ``("number", cents)`` or ``("formula", text)``, what is planned on the
        line itself
    :param condition: more conditions of the SUMIFS, or None
    :param source: the sheet of lines that is summed
    """
    formats = writer.formats
    row = places[line["code"]]
    below = [
        place
        for code, place in places.items()
        if code != line["code"] and writer.parents.get(code) == line["code"]
    ]
    strong = line["parent"] is None
    text = formats.sum_text if strong else formats.text
    amount = formats.sum_money if strong else formats.money
    ratio = formats.sum_percent if strong else formats.percent
    sheet.write_string(row, column, writer.code(line["code"]), text)
    sheet.write_string(row, column + 1, ("" if strong else "   ") + line["name"], text)
    planned, actual = column + 2, column + 3

    def parts(at, first):
        cells = [xl_rowcol_to_cell(place, at) for place in below]
        return "=ROUND(" + "+".join([first, *cells]) + ",2)"

    kind, value = own
    if kind == "number" and not below:
        sheet.write_number(row, planned, money(value), amount)
    else:
        first = str(money(value)) if kind == "number" else value
        sheet.write_formula(
            row, planned, parts(planned, first), amount, money(line["planned"])
        )
    sums = "SUMIFS({cost},{line},{code}{more})".format(
        cost=writer.range(source, "cost"),
        line=writer.range(source, "line"),
        code=xl_rowcol_to_cell(row, column, col_abs=True),
        more="," + condition if condition else "",
    )
    sheet.write_formula(row, actual, parts(actual, sums), amount, money(line["actual"]))
    _ratio_and_variance(sheet, row, column, line, ratio, amount)


def _ratio_and_variance(sheet, row, column, line, ratio, amount):
    planned = xl_rowcol_to_cell(row, column + 2)
    actual = xl_rowcol_to_cell(row, column + 3)
    sheet.write_formula(
        row,
        column + 4,
        f'=IF({planned}=0,"",ROUND({actual}/{planned},3))',
        ratio,
        "" if line["percent"] is None else line["percent"] / 1000,
    )
    sheet.write_formula(
        row,
        column + 5,
        f"=ROUND({actual}-{planned},2)",
        amount,
        money(line["variance"]),
    )


def _total_row(writer, sheet, column, row, label, lines, places):
    """A total of the lines that have no line above them."""
    formats = writer.formats
    tops = [line for line in lines if line["parent"] is None]
    total = {name: sum(line[name] for line in tops) for name in ("planned", "actual")}
    total["variance"] = total["actual"] - total["planned"]
    total["percent"] = percent(total["actual"], total["planned"])
    sheet.write_string(row, column, "", formats.sum_text)
    sheet.write_string(row, column + 1, label, formats.sum_text)
    for offset, name in ((2, "planned"), (3, "actual")):
        cells = "+".join(
            xl_rowcol_to_cell(places[line["code"]], column + offset) for line in tops
        )
        sheet.write_formula(
            row,
            column + offset,
            f"=ROUND({cells},2)",
            formats.sum_money,
            money(total[name]),
        )
    _ratio_and_variance(
        sheet, row, column, total, formats.sum_percent, formats.sum_money
    )


SIDES = (
    ("charge", "product", "expenses", "products"),
    ("in_kind_charge", "in_kind_product", "in_kind", "in_kind"),
)


def write_synthesis(writer):
    """The table of the form, side by side: whole euros, then the same to the cent."""
    _ = writer.env._
    formats, content = writer.formats, writer.content
    sheet = page(
        writer,
        "synthesis",
        [15, 40, 13, 13, 8, 13, 2, 9, 58, 13, 13, 8, 13],
    )
    sheet.write_string(
        0, 0, _("Synthesis by line of form Cerfa 15059*02"), formats.title
    )
    sheet.write_string(1, 0, content["sentence"], formats.subtitle)
    titles = {
        "charge": _("Charges"),
        "product": _("Products"),
        "in_kind_charge": _("Use of voluntary contributions"),
        "in_kind_product": _("Voluntary contributions"),
    }
    totals = {
        "charge": _("Total of charges"),
        "product": _("Total of products"),
        "in_kind_charge": _("Total"),
        "in_kind_product": _("Total"),
    }
    lines = {
        side: [row for row in content["table"] if row["side"] == side]
        for side in titles
    }
    heights = [
        max(len(lines[left]), len(lines[right])) for left, right, *_rest in SIDES
    ]
    # the exact table stands below the whole euros, that refer to it
    euros_top = 4
    exact_top = euros_top + sum(heights) + 8
    sheet.merge_range(
        2, 0, 2, 5, _("In whole euros, as the form wants them"), formats.note
    )
    sheet.write_string(exact_top - 2, 0, _("To the cent"), formats.subtitle)
    offset = 0
    for (left, right, left_source, right_source), height in zip(
        SIDES, heights, strict=True
    ):
        for side, source, column in (
            (left, left_source, 0),
            (right, right_source, 7),
        ):
            top = exact_top + offset
            _header(writer, sheet, top, column, titles[side])
            places = {
                line["code"]: top + 1 + rank for rank, line in enumerate(lines[side])
            }
            writer.cells["synthesis", side] = (column, top + 1 + height)
            for line in lines[side]:
                _table_row(
                    writer,
                    sheet,
                    column,
                    line,
                    places,
                    own=_planned(writer, line, side),
                    condition=None,
                    source=source,
                )
            _total_row(
                writer,
                sheet,
                column,
                top + 1 + height,
                totals[side],
                lines[side],
                places,
            )
            _write_euros(
                writer,
                sheet,
                column,
                euros_top + offset,
                height,
                titles[side],
                totals[side],
                side,
                lines[side],
                places,
                top + 1 + height,
            )
        offset += height + 3
    # a page of whole euros, a page to the cent
    sheet.set_h_pagebreaks([exact_top - 2])


def _planned(writer, line, side):
    """What is planned on a line itself: of expenses, the sum of the bricks."""
    bricks = writer.content["bricks"]
    if side != "charge" or not bricks:
        return "number", line["own_planned"]
    if any(writer.parents.get(code) == line["code"] for code in writer.parents):
        # its own part is in the same cells of the bricks as those below it
        own = sum(
            row["own_planned"]
            for brick in bricks
            for row in brick["table"]
            if row["code"] == line["code"]
        )
        return "number", own
    cells = [
        "{sheet}!{cell}".format(
            sheet=quoted(writer.names[f"brick_{brick['id']}"]),
            cell=xl_rowcol_to_cell(
                writer.cells[f"brick_{brick['id']}"][line["code"]], 2
            ),
        )
        for brick in bricks
    ]
    return "formula", "+".join(cells)


def _write_euros(
    writer, sheet, column, top, height, title, total, side, lines, places, exact_total
):
    """Whole euros: the exact figure rounded, and the euro that makes sums sum."""
    formats = writer.formats
    _header(writer, sheet, top, column, title)
    totals = writer.content["totals"][side]
    rows = [
        *(
            (top + 1 + rank, places[line["code"]], line)
            for rank, line in enumerate(lines)
        ),
        (
            top + 1 + height,
            exact_total,
            {**totals, "code": "", "name": total, "parent": None},
        ),
    ]
    for row, exact, line in rows:
        strong = line["parent"] is None
        text = formats.sum_text if strong else formats.text
        amount = formats.sum_euros if strong else formats.euros
        sheet.write_string(row, column, writer.code(line["code"]), text)
        sheet.write_string(
            row, column + 1, ("" if strong else "   ") + line["name"], text
        )
        for offset, name in ((2, "planned"), (3, "actual")):
            cell = xl_rowcol_to_cell(exact, column + offset)
            shift = line[name + "_euros"] - _rounded(line[name])
            sheet.write_formula(
                row,
                column + offset,
                f"=ROUND({cell},0)" + (f"{shift:+d}" if shift else ""),
                amount,
                line[name + "_euros"],
            )
        sheet.write_formula(
            row,
            column + 4,
            "=" + xl_rowcol_to_cell(exact, column + 4),
            formats.sum_percent if strong else formats.percent,
            "" if line["percent"] is None else line["percent"] / 1000,
        )
        planned = xl_rowcol_to_cell(row, column + 2)
        actual = xl_rowcol_to_cell(row, column + 3)
        sheet.write_formula(
            row,
            column + 5,
            f"={actual}-{planned}",
            amount,
            line["actual_euros"] - line["planned_euros"],
        )


def _rounded(cents):
    """Whole euros, half away from zero, as a sheet rounds."""
    euros = (abs(cents) + 50) // 100
    return -euros if cents < 0 else euros


def write_controls(writer):
    """Check cells reckoned in the sheet, then the controls made before the report was
    drawn up, each with its sentence."""
    _ = writer.env._
    formats, content = writer.formats, writer.content
    sheet = page(writer, "controls", [34, 14, 96], TOP)
    sheet.write_string(0, 0, _("Controls"), formats.title)
    for column, text in enumerate((_("Control"), _("Result"), _("What was found"))):
        sheet.write_string(TOP, column, text, formats.header)
    row = TOP + 1
    good, bad = _("OK"), _("To check")
    for label, formula, passed, sentence in _checks(writer):
        sheet.write_string(row, 0, label, formats.label)
        sheet.write_formula(
            row,
            1,
            f'=IF({formula},"{good}","{bad}")',
            formats.good if passed else formats.bad,
            good if passed else bad,
        )
        sheet.write_string(row, 2, sentence, formats.text)
        row += 1
    for control in content["controls"]:
        sheet.write_string(row, 0, control["title"], formats.label)
        result, style = (
            (good, formats.good)
            if control["passed"]
            else (bad, formats.bad)
            if control["blocking"]
            else (_("To note"), formats.sum_text)
        )
        sheet.write_string(row, 1, result, style)
        sheet.write_string(row, 2, control["sentence"], formats.text)
        row += 1


def _checks(writer):
    """``[(label, condition, whether it holds, what it says)]``, live."""
    _ = writer.env._
    content = writer.content
    totals, grant = content["totals"], content["grant"]
    name = quoted(writer.names["synthesis"])

    def total(side, offset=3):
        column, row = writer.cells["synthesis", side]
        return f"{name}!{xl_rowcol_to_cell(row, column + offset, True, True)}"

    charges, products = total("charge"), total("product")
    expenses = sum(line["cost"] for line in content["expenses"])
    received = sum(line["received"] for line in content["tranches"])
    actual = {side: sums["actual"] for side, sums in totals.items()}
    return [
        (
            _("Expenses = income"),
            f"ROUND({charges}-{products},2)=0",
            actual["charge"] == actual["product"],
            _("The totals of both sides of the synthesis, reckoned here."),
        ),
        (
            _("Synthesis = lines of expense"),
            f"ROUND({charges}-{writer.cells['expenses', 'total_cost']},2)=0",
            actual["charge"] == expenses,
            _("The total of expenses and the sum of the sheet of expenses."),
        ),
        (
            _("Bricks = synthesis"),
            "ROUND({bricks}-{charges},2)=0".format(
                bricks="+".join(_brick_totals(writer) or [charges]), charges=charges
            ),
            not content["bricks"]
            or actual["charge"]
            == sum(
                row["actual"]
                for brick in content["bricks"]
                for row in brick["table"]
                if row["parent"] is None
            ),
            _("What the bricks cost together, and the total of expenses."),
        ),
        (
            _("Voluntary contributions balance"),
            f"ROUND({total('in_kind_charge')}-{total('in_kind_product')},2)=0",
            actual["in_kind_charge"] == actual["in_kind_product"],
            _("Class 86 and class 87."),
        ),
        (
            _("Charged ≤ due"),
            f"{writer.cells['expenses', 'total_charged']}<={writer.cells['grant']}",
            grant["charged"] <= grant["due"],
            _("What is charged to the grant line by line, and what is due of it."),
        ),
        (
            _("Received ≤ award"),
            f"{writer.cells['tranches', 'total_received']}"
            f"<={money(content['agreement']['amount'])}",
            received <= content["agreement"]["amount"],
            _("What was received of the tranches, and the award."),
        ),
    ]


def _brick_totals(writer):
    charges = sum(row["side"] == "charge" for row in writer.content["table"])
    return [
        "{sheet}!{cell}".format(
            sheet=quoted(writer.names[f"brick_{brick['id']}"]),
            cell=xl_rowcol_to_cell(TOP + 1 + charges, 3, True, True),
        )
        for brick in writer.content["bricks"]
    ]
