# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sheets of lines: expenses, income, voluntary contributions, time, tranches."""

from xlsxwriter.utility import xl_rowcol_to_cell

from .workbook_sheet import column_range, money, page

TOP = 3


def _head(writer, key, title, columns, note=None):
    """Title, note and the row of headers of a sheet of lines.

    :param columns: ``[(name of the column, header, width)]``
    """
    sheet = page(writer, key, [width for _name, _text, width in columns], TOP)
    sheet.write_string(0, 0, title, writer.formats.title)
    if note:
        sheet.write_string(1, 0, note)
    for column, (_name, text, _width) in enumerate(columns):
        sheet.write_string(TOP, column, text, writer.formats.header)
    sheet.set_row(TOP, 28)
    return sheet


def _ranges(writer, key, columns, count):
    """Keep where the cells of each column are; a sheet without a line keeps one empty
    row, so that sums have something to sum."""
    last = TOP + max(count, 1)
    for column, (name, _text, _width) in enumerate(columns):
        writer.cells[key, name] = column_range(writer.names[key], column, TOP + 1, last)
    return last


def _totals(writer, key, columns, last, sums, label):
    """A row of totals beneath the lines.

    :param sums: ``{name of the column: cents}``
    """
    sheet = writer.sheets[key]
    formats = writer.formats
    row = last + 1
    for column, (name, _text, _width) in enumerate(columns):
        if name in sums:
            first = xl_rowcol_to_cell(TOP + 1, column)
            end = xl_rowcol_to_cell(last, column)
            sheet.write_formula(
                row,
                column,
                f"=ROUND(SUM({first}:{end}),2)",
                formats.sum_money,
                money(sums[name]),
            )
            writer.cells[key, "total_" + name] = (
                f"'{writer.names[key]}'!{xl_rowcol_to_cell(row, column, True, True)}"
            )
        else:
            sheet.write_string(
                row, column, label if not column else "", formats.sum_text
            )
    return row


def write_expenses(writer):
    """One row a line of expense; the total of an invoice stands on each of its parts,
    what counts is the cost to the action."""
    _ = writer.env._
    columns = [
        ("number", _("No."), 6),
        ("date", _("Date"), 10),
        ("vendor", _("Supplier"), 24),
        ("reference", _("Invoice"), 16),
        ("paid", _("Paid on"), 10),
        ("account", _("Account"), 9),
        ("label", _("Label"), 30),
        ("entry", _("Entry"), 17),
        ("line", _("Line"), 12),
        ("brick", _("Brick"), 7),
        ("action", _("Action"), 24),
        ("total", _("Total of the expense"), 13),
        ("share", _("Part of the action"), 9),
        ("cost", _("Cost to the action"), 13),
        ("base", _("Shown to the funder"), 13),
        ("charged", _("Charged to the grant"), 13),
        ("receipts", _("Receipts"), 16),
    ]
    expenses = writer.content["expenses"]
    sheet = _head(
        writer,
        "expenses",
        _("Expenses"),
        columns,
        _(
            "One row a posted line. Its receipts bear the same numbers in the archive "
            "of evidence."
        ),
    )
    formats = writer.formats
    text, code, day, amount, ratio = (
        formats.text,
        formats.code,
        formats.day,
        formats.money,
        formats.percent,
    )
    string, number, date, formula = (
        sheet.write_string,
        sheet.write_number,
        sheet.write_datetime,
        sheet.write_formula,
    )
    moment, words = formats.moment, writer.words
    # all lines of one day share one date: reading the text again would be wasted
    days = {}
    for row, line in enumerate(expenses, TOP + 1):
        number(row, 0, line["number"], code)
        for column, name in ((1, "date"), (4, "paid")):
            value = line[name]
            if value:
                if value not in days:
                    days[value] = moment(value)
                date(row, column, days[value], day)
            else:
                string(row, column, "", text)
        string(row, 2, line["vendor"] or "", text)
        string(row, 3, line["reference"] or "", text)
        string(row, 5, line["account"] or "", code)
        string(row, 6, line["label"] or "", text)
        string(row, 7, line["entry"] or "", text)
        string(row, 8, words.get(line["line"], line["line"]) or "", code)
        string(row, 9, line["brick"] or "", text)
        string(row, 10, line["action"] or "", text)
        number(row, 11, line["total"] / 100, amount)
        place = row + 1
        formula(
            row,
            12,
            f"=IF(L{place}=0,0,ROUND(N{place}/L{place},4))",
            ratio,
            _ratio(line["cost"], line["total"]),
        )
        number(row, 13, line["cost"] / 100, amount)
        number(row, 14, line["base"] / 100, amount)
        number(row, 15, line["charged"] / 100, amount)
        string(row, 16, ", ".join(one["number"] for one in line["receipts"]), text)
    last = _ranges(writer, "expenses", columns, len(expenses))
    sheet.autofilter(TOP, 0, last, len(columns) - 1)
    _totals(
        writer,
        "expenses",
        columns,
        last,
        {
            name: sum(line[name] for line in expenses)
            for name in ("cost", "base", "charged")
        },
        _("Total"),
    )


def _ratio(part, whole):
    """A ratio to four decimals, half away from zero, as a sheet rounds."""
    if not whole:
        return 0
    sign = 1 if (part < 0) == (whole < 0) else -1
    return sign * ((20000 * abs(part) + abs(whole)) // (2 * abs(whole))) / 10000


def write_products(writer):
    """Grants by what they are due, income by the lines posted to the actions."""
    _ = writer.env._
    columns = [
        ("number", _("No."), 6),
        ("line", _("Line"), 12),
        ("date", _("Date"), 10),
        ("partner", _("From"), 30),
        ("label", _("Label"), 48),
        ("account", _("Account"), 9),
        ("entry", _("Entry"), 26),
        ("action", _("Action"), 24),
        ("cost", _("Amount"), 14),
        ("receipts", _("Receipts"), 16),
    ]
    lines = writer.content["products"]
    sheet = _head(
        writer,
        "products",
        _("Income"),
        columns,
        _(
            "Grants: what is due for the expenses. Own resources: what the other "
            "income leaves of the expenses."
        ),
    )
    _write_posted(writer, sheet, columns, lines)
    last = _ranges(writer, "products", columns, len(lines))
    _write_own(writer, sheet, lines)
    _totals(
        writer,
        "products",
        columns,
        last,
        {"cost": sum(line["cost"] for line in lines)},
        _("Total"),
    )


def _write_own(writer, sheet, lines):
    """Own resources are what the others leave of the expenses; the grant's cell is
    kept for the sheets that refer to it."""
    column = 8
    cells = {
        line["kind"]: xl_rowcol_to_cell(row, column, True, True)
        for row, line in enumerate(lines, TOP + 1)
    }
    writer.cells["grant"] = f"'{writer.names['products']}'!{cells['grant']}"
    for row, line in enumerate(lines, TOP + 1):
        if line["kind"] == "own":
            others = "+".join(
                xl_rowcol_to_cell(other, column)
                for other, one in enumerate(lines, TOP + 1)
                if one is not line
            )
            sheet.write_formula(
                row,
                column,
                f"=ROUND(MAX(0,{writer.cells['expenses', 'total_cost']}-({others})),2)",
                writer.formats.money,
                money(line["cost"]),
            )


def _write_posted(writer, sheet, columns, lines):
    formats, _ = writer.formats, writer.env._

    def kept(line):
        return _("At the association") if line.get("held") else ""

    kinds = {"number": formats.code, "line": formats.code, "account": formats.code}
    for row, line in enumerate(lines, TOP + 1):
        for column, (name, _text, _width) in enumerate(columns):
            value = line.get(name)
            if name == "line":
                value = writer.code(value)
            elif name == "receipts":
                value = ", ".join(one["number"] for one in value or ()) or kept(line)
            if name == "cost":
                sheet.write_number(row, column, money(value), formats.money)
            elif name == "date" and value:
                sheet.write_datetime(row, column, formats.moment(value), formats.day)
            elif name == "number":
                sheet.write_number(row, column, value, formats.code)
            else:
                sheet.write_string(
                    row, column, value or "", kinds.get(name, formats.text)
                )


def write_in_kind(writer):
    """Voluntary contributions, beside the money: posted lines of class 8."""
    _ = writer.env._
    columns = [
        ("number", _("No."), 6),
        ("line", _("Line"), 12),
        ("date", _("Date"), 10),
        ("label", _("Label"), 56),
        ("account", _("Account"), 9),
        ("entry", _("Entry"), 20),
        ("action", _("Action"), 28),
        ("cost", _("Value"), 14),
        ("receipts", _("Receipts"), 16),
    ]
    lines = writer.content["in_kind"]
    sheet = _head(
        writer,
        "in_kind",
        _("Volunteering and contributions in kind"),
        columns,
        _("Valued in class 8, beside the money: never in its totals."),
    )
    _write_posted(writer, sheet, columns, lines)
    last = _ranges(writer, "in_kind", columns, len(lines))
    row = last + 2
    formats = writer.formats
    for code, label in (
        ("86", _("Uses (86)")),
        ("87", _("Contributions (87)")),
    ):
        value = sum(line["cost"] for line in lines if line["line"][:2] == code)
        sheet.write_string(row, 3, label, formats.sum_text)
        sheet.write_formula(
            row,
            7,
            '=ROUND(SUMIFS({cost},{line},"{code}*"),2)'.format(
                cost=writer.range("in_kind", "cost"),
                line=writer.range("in_kind", "line"),
                code=code,
            ),
            formats.sum_money,
            money(value),
        )
        row += 1


def write_time(writer):
    """Hours given, by person and day."""
    _ = writer.env._
    columns = [
        ("date", _("Date"), 11),
        ("person", _("Volunteer"), 12),
        ("action", _("Action"), 34),
        ("note", _("What was done"), 44),
        ("qualification", _("Qualification"), 26),
        ("minutes", _("Minutes"), 10),
        ("rate", _("Rate an hour"), 12),
        ("value", _("Value"), 14),
    ]
    lines = writer.content["time"]
    sheet = _head(
        writer,
        "time",
        _("Time given"),
        columns,
        _("Confirmed time, at the rate of its day and qualification."),
    )
    formats = writer.formats
    for row, line in enumerate(lines, TOP + 1):
        sheet.write_datetime(row, 0, formats.moment(line["date"]), formats.day)
        for column, name in enumerate(("person", "action", "note", "qualification"), 1):
            sheet.write_string(row, column, line[name], formats.text)
        sheet.write_number(row, 5, line["minutes"], formats.code)
        sheet.write_number(row, 6, money(line["rate"]), formats.money)
        place = row + 1
        sheet.write_formula(
            row,
            7,
            f"=ROUND(F{place}*G{place}/60,2)",
            formats.money,
            money(line["value"]),
        )
    last = _ranges(writer, "time", columns, len(lines))
    row = _totals(
        writer,
        "time",
        columns,
        last,
        {"value": sum(line["value"] for line in lines)},
        _("Total"),
    )
    sheet.write_formula(
        row,
        5,
        f"=SUM(F{TOP + 2}:F{last + 1})",
        formats.sum_text,
        sum(line["minutes"] for line in lines),
    )


def write_keys(writer):
    """The keys of shared costs, fixed for the exercise: their words, their parts."""
    _ = writer.env._
    formats = writer.formats
    sheet = page(writer, "keys", [52, 18, 14], portrait=True)
    sheet.write_string(0, 0, _("Keys of shared costs"), formats.title)
    keys = writer.content["keys"]
    if not keys:
        sheet.write_string(1, 0, _("No shared cost is in this report."))
    row = 2
    for key in keys:
        sheet.merge_range(row, 0, row, 2, key["wording"], formats.note)
        sheet.set_row(row, 40)
        row += 1
        for column, text in enumerate((_("Action"), key["driver"], _("Part"))):
            sheet.write_string(row, column, text, formats.header)
        first = row + 1
        for row, part in enumerate(key["parts"], first):
            sheet.write_string(row, 0, part["name"], formats.text)
            sheet.write_number(row, 1, part["quantity"] / 1000, formats.hours)
            sheet.write_number(row, 2, part["share"] / 100_000, formats.percent)
        last, row = row, row + 1
        sheet.write_string(row, 0, _("Total"), formats.sum_text)
        for column, value, style in (
            (
                1,
                sum(part["quantity"] for part in key["parts"]) / 1000,
                formats.sum_hours,
            ),
            (
                2,
                sum(part["share"] for part in key["parts"]) / 100_000,
                formats.sum_percent,
            ),
        ):
            letter = "ABC"[column]
            sheet.write_formula(
                row,
                column,
                f"=ROUND(SUM({letter}{first + 1}:{letter}{last + 1}),5)",
                style,
                value,
            )
        row += 2


def write_tranches(writer):
    """What is called and received of the award, and what is still to come."""
    _ = writer.env._
    columns = [
        ("name", _("Tranche"), 34),
        ("condition", _("Condition"), 44),
        ("expected", _("Expected"), 11),
        ("called", _("Called"), 11),
        ("received_on", _("Received on"), 11),
        ("amount", _("Amount"), 14),
        ("received", _("Received"), 14),
    ]
    lines = writer.content["tranches"]
    sheet = _head(writer, "tranches", _("Tranches"), columns)
    formats = writer.formats
    for row, line in enumerate(lines, TOP + 1):
        sheet.write_string(row, 0, line["name"], formats.text)
        sheet.write_string(row, 1, line["condition"] or "", formats.text)
        for column, name in enumerate(("expected", "called", "received_on"), 2):
            if line[name]:
                sheet.write_datetime(
                    row, column, formats.moment(line[name]), formats.day
                )
            else:
                sheet.write_string(row, column, "", formats.text)
        sheet.write_number(row, 5, money(line["amount"]), formats.money)
        sheet.write_number(row, 6, money(line["received"]), formats.money)
    last = _ranges(writer, "tranches", columns, len(lines))
    row = _totals(
        writer,
        "tranches",
        columns,
        last,
        {name: sum(line[name] for line in lines) for name in ("amount", "received")},
        _("Total"),
    )
    grant = writer.content["grant"]
    received = writer.cells["tranches", "total_received"]
    due = writer.cells["grant"]
    row += 2
    sheet.write_string(row, 0, _("Due for the expenses"), formats.label)
    sheet.write_formula(row, 6, f"={due}", formats.sum_money, money(grant["due"]))
    # what is due in all, less what is there
    terms, left = [due, f"-{received}"], grant["due"] - grant["received"]
    for label, name, sign in (
        (_("Due for earlier periods"), "earlier", 1),
        (_("Fonds dédiés of other projects (below zero: to them)"), "moved", -1),
        (_("Received, then given back"), "returned", 1),
    ):
        # a report drawn up before may know of none of them
        if grant.get(name):
            row += 1
            sheet.write_string(row, 0, label, formats.label)
            sheet.write_number(row, 6, money(grant[name]), formats.money)
            terms.append(f"{'+' if sign > 0 else '-'}{xl_rowcol_to_cell(row, 6)}")
            left += sign * grant[name]
    row += 1
    sheet.write_string(
        row, 0, _("Balance to come (below zero: to be given back)"), formats.label
    )
    sheet.write_formula(
        row, 6, f"=ROUND({''.join(terms)},2)", formats.sum_money, money(left)
    )


def write_annexes(writer):
    """What comes with the report: receipts in their order, and documents."""
    _ = writer.env._
    columns = [
        ("number", _("No."), 9),
        ("name", _("Document"), 52),
        ("expenses", _("Lines of expense"), 22),
        ("products", _("Lines of income"), 14),
        ("in_kind", _("Lines of volunteering"), 14),
        ("size", _("Bytes"), 12),
        ("sha256", _("SHA-256"), 68),
    ]
    sheet = _head(
        writer,
        "annexes",
        _("Documents that come with the report"),
        columns,
        _("In the archive of evidence, under the same numbers."),
    )
    formats = writer.formats
    for row, line in enumerate(writer.content["annexes"], TOP + 1):
        sheet.write_string(row, 0, line["number"], formats.code)
        sheet.write_string(row, 1, line["name"], formats.text)
        for column, kind in enumerate(("expenses", "products", "in_kind"), 2):
            # a report drawn up before has receipts of expenses alone
            numbers = ", ".join(map(str, line.get(kind, ())))
            sheet.write_string(row, column, numbers, formats.text)
        sheet.write_number(row, 5, line["size"], formats.code)
        sheet.write_string(row, 6, line["sha256"], formats.code)
