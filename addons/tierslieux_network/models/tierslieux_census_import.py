# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from typing import NamedTuple

from markupsafe import Markup
from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import census, census_file, census_mapping, census_match
from ..domain.census_columns import NAMES
from ..domain.census_problem import FileError, Problem
from ..domain.search_terms import normalise
from .tierslieux_census_messages import expected

BATCH = 500
# above this, a job imports while the user does something else
LINES_AT_ONCE = 1000
SHOWN = 200
SHOWN_VALUE = 120  # characters


class Plan(NamedTuple):
    """What an import would do."""

    entries: list
    problems: list
    found: dict  # {line: venue id}
    changed: dict  # {line: {key: value}}
    holders: dict  # structures to create; see tierslieux.venue._census_resolve

    def lines(self):
        """``(to create, to update, unchanged)`` entries."""
        new = [e for e in self.entries if e.line not in self.found]
        updated = [e for e in self.entries if self.changed.get(e.line)]
        same = len(self.entries) - len(new) - len(updated)
        return new, updated, same


class CensusImport(models.Model):
    _name = "tierslieux.census.import"
    _description = "Import of a census"
    _order = "id desc"

    name = fields.Char(string="File name", required=True)
    file = fields.Binary(required=True, attachment=True)
    file_format = fields.Selection(
        [("standard", "National standard"), ("mapped", "Columns of my own")],
        string="Format",
        compute="_compute_file_format",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="National standard: places of digital mediation, version 1.0.2.",
    )
    column_ids = fields.One2many(
        "tierslieux.census.column",
        "import_id",
        string="Columns",
        compute="_compute_column_ids",
        store=True,
        readonly=False,
    )
    category_id = fields.Many2one(
        "tierslieux.venue.category",
        string="Category of new venues",
        required=True,
        default=lambda self: self.env.ref(
            "tierslieux_network.venue_category_other", raise_if_not_found=False
        ),
        help="For the lines that do not say theirs.",
    )
    publish = fields.Boolean(string="Show new venues on the web site")
    state = fields.Selection(
        [
            ("draft", "To check"),
            ("refused", "Errors"),
            ("checked", "Ready to import"),
            ("queued", "Importing"),
            ("done", "Imported"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    create_count = fields.Integer(string="New venues", readonly=True, copy=False)
    update_count = fields.Integer(string="Updated", readonly=True, copy=False)
    same_count = fields.Integer(string="Unchanged", readonly=True, copy=False)
    error_count = fields.Integer(string="Errors", readonly=True, copy=False)
    report = fields.Json(readonly=True, copy=False)
    report_html = fields.Html(compute="_compute_report_html", sanitize=False)
    report_file = fields.Binary(readonly=True, attachment=True, copy=False)
    report_name = fields.Char(compute="_compute_report_name")
    progress_ids = fields.One2many(
        "tierslieux.census.progress", "import_id", string="Steps"
    )
    progress = fields.Float(compute="_compute_progress", help="Part done, in percent.")

    @api.depends("file")
    def _compute_file_format(self):
        for record in self:
            try:
                headers = record._read_table().headers
            except FileError:
                headers = NAMES
            known = set(headers) <= set(NAMES)
            record.file_format = "standard" if known else "mapped"

    @api.depends("file")
    def _compute_column_ids(self):
        for record in self:
            clear = [fields.Command.clear()]
            try:
                table = record._read_table()
            except FileError:
                record.column_ids = clear
                continue
            targets = census_mapping.guess(table.headers)
            record.column_ids = clear + [
                fields.Command.create(
                    {
                        "sequence": rank,
                        "header": header,
                        "sample": table.rows[0][1][rank][:80],
                        "target": targets[header] or False,
                    }
                )
                for rank, header in enumerate(table.headers)
            ]

    @api.depends("progress_ids.done", "progress_ids.total")
    def _compute_progress(self):
        for record in self:
            step = record.progress_ids[:1]
            record.progress = 100 * step.done / step.total if step.total else 0

    @api.depends("name")
    def _compute_report_name(self):
        for record in self:
            stem = (record.name or "").rpartition(".")[0] or record.name
            record.report_name = self.env._("%s - report.csv", stem)

    @api.depends("report")
    def _compute_report_html(self):
        for record in self:
            report = record.report or {}
            record.report_html = record._table_html(
                self.env._("Errors"), self._error_headers(), report.get("problems", [])
            ) + record._table_html(
                self.env._("What changes"),
                self._change_headers(),
                report.get("changes", []),
            )

    def write(self, vals):
        if vals.keys() & {"file", "file_format", "column_ids", "category_id"}:
            vals = {"state": "draft", "report": False, "report_file": False, **vals}
        return super().write(vals)

    def action_check(self):
        """Dry run: says what the import would do, and writes no venue."""
        self.ensure_one()
        plan = self._prepare()
        self._write_report(plan, "refused" if plan.problems else "checked")

    def action_import(self):
        """Import all, or nothing: now, or in a job when there is much."""
        self.ensure_one()
        if self.state not in ("checked", "queued"):
            raise UserError(self.env._("Check the file first."))
        lines = self.create_count + self.update_count + self.same_count
        if lines <= LINES_AT_ONCE:
            return self._run_import()
        progress = self.progress_ids or self.progress_ids.create({"import_id": self.id})
        progress.write({"done": 0, "total": lines})
        self.state = "queued"
        self.with_delay(
            description=self.env._("Import of %s", self.name),
            identity_key=f"tierslieux.census.import-{self.id}",
        )._run_import_job()

    def action_show_venues(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_network.tierslieux_venue_action"
        )

    def _run_import_job(self):
        """As one transaction: a job that is cut short is simply run again."""
        if not self._lock_census():
            raise RetryableJobError(
                "Another census is being imported", seconds=20, ignore_retry=True
            )
        self._import_census(self.progress_ids._tell)

    def _run_import(self):
        if not self._lock_census():
            raise UserError(
                self.env._(
                    "Another census is being imported. Wait for its end, then start "
                    "this one again."
                )
            )
        self._import_census(lambda done, total: None)

    def _lock_census(self):
        """Only one import at a time: two would not see each other's new venues.

        The last import's time is written in the locked row, so that a transaction
        begun before the end of another import is refused and run again.
        """
        # sudo: system parameters are the administrator's; the board imports
        row = self.env.ref("tierslieux_network.census_imported_on").sudo()
        locked = row.try_lock_for_update()
        if locked:
            locked.value = fields.Datetime.to_string(fields.Datetime.now())
            locked.flush_recordset()
        return bool(locked)

    def _import_census(self, tell):
        """Write the venues of the file, all or none.

        :param tell: called with the lines done and their number, as it goes
        """
        plan = self._prepare()
        if plan.problems:
            return self._write_report(plan, "refused")
        venues = self.env["tierslieux.venue"]
        # sudo: contacts, communes and calendars are written on behalf of the board,
        # who has no right of its own on all of them
        venues.check_access("create")
        writer = venues.sudo()
        new, updated, __ = plan.lines()
        defaults = {
            "category_id": self.category_id.id,
            "is_published": self.publish,
            "state": "open",
        }
        done, total = 0, len(new) + len(updated)
        try:
            with self.env.cr.savepoint():
                records = writer._census_prepare_records(
                    [entry.values for entry in plan.entries], plan.holders
                )
                for batch in split_every(BATCH, new, list):
                    writer._census_create([e.values for e in batch], records, defaults)
                    tell(done := done + len(batch), total)
                for batch in split_every(BATCH, updated, list):
                    changed = {plan.found[e.line]: plan.changed[e.line] for e in batch}
                    writer._census_write(changed, records)
                    tell(done := done + len(batch), total)
        except (UserError, IntegrityError) as error:
            venues.env.invalidate_all(flush=False)
            plan.problems.append(Problem(0, "", "", "refused", str(error).strip()))
            return self._write_report(plan, "refused")
        self._write_report(plan, "done")
        writer._delay_geocoding()

    def _prepare(self):
        """Read the file and compare it with what the network knows.

        :return: a ``Plan``
        """
        try:
            table = self._read_table()
            entries, problems = self._read(table)
        except FileError as error:
            problem = Problem(error.line, "", "", error.code, self._detail(error))
            return Plan([], [problem], {}, {}, {})
        columns = self._column_names()
        problems += census_match.duplicates(entries, columns)
        # sudo: as _import_census, compared with all that the network knows
        venues = self.env["tierslieux.venue"].with_context(active_test=False).sudo()
        known = [census_match.Known(*row) for row in venues._query_census_known()]
        found = census_match.match(entries, known)
        problems += census_match.ambiguous(entries, known, found, columns)
        holders = venues._census_resolve([entry.values for entry in entries])
        before = venues.browse(found.values())._census_values()
        told = self._told_codes()
        changed = {}
        for line, values in entries:
            known_values = before.get(found.get(line), {})
            for key, codes in told.items():
                census_match.keep_others(values, known_values, key, codes)
            if line in found:
                changed[line] = census_match.changes(known_values, values)
            after = {"state": "open", **known_values, **values}
            problems += self._state_problems(line, after)
        problems.sort(key=lambda problem: problem.line)
        return Plan(entries, problems, found, changed, holders)

    def _told_codes(self):
        """The services and audiences that the file can speak of: in the national
        standard, those with a word for it."""
        domain = [("standard_value", "!=", False)]
        domain = domain if self.file_format == "standard" else []
        return {
            "services": {*self.env["tierslieux.service"].search(domain).mapped("code")},
            "audiences": {
                *self.env["tierslieux.audience"].search(domain).mapped("code")
            },
        }

    def _state_problems(self, line, values):
        today = fields.Date.context_today(self)
        code = census_match.state_problem({**values, "today": today})
        if not code:
            return []
        key = "opened_on" if code == "opens_later" else "closed_on"
        return [
            Problem(line, self._column_names()[key], str(values.get(key) or ""), code)
        ]

    def _read_table(self):
        """The file as a table.

        :raises FileError: see domain/census_file.py
        """
        self.ensure_one()
        content = self.with_context(bin_size=False).file
        return census_file.read_table(base64.b64decode(content or b""))

    def _read(self, table):
        """``(entries, problems)``; see domain/census.py."""
        services = self.env["tierslieux.service"].search([])
        audiences = self.env["tierslieux.audience"].search([])
        if self.file_format == "standard":
            words = {
                "services": {s.standard_value: s.code for s in services},
                "audiences": {a.standard_value: a.code for a in audiences},
            }
            return census.read_standard(table, words)
        mapping = {column.header: column.target or "" for column in self.column_ids}
        venue = self.env["tierslieux.venue"]
        categories = self.env["tierslieux.venue.category"].search([])
        vocabulary = {
            "category": self._words(categories),
            "services": self._words(services),
            "audiences": self._words(audiences),
            "state": {
                normalise(word): code
                for lang in ("en_US", "fr_FR")
                for code, label in venue.with_context(lang=lang).fields_get(
                    ["state"], ["selection"]
                )["state"]["selection"]
                for word in (code, label)
            },
        }
        return census_mapping.read_mapped(table, mapping, vocabulary)

    @api.model
    def _words(self, records):
        """``{normalised code or name, in English or French: code}``."""
        return {
            normalise(word): record.code
            for lang in ("en_US", "fr_FR")
            for record in records.with_context(lang=lang)
            for word in (record.code, record.name)
        }

    def _column_names(self):
        """``{key: column of the file}`` for the problems that concern a whole line."""
        if self.file_format == "standard":
            names = {"identifier": "id", "name": "nom"}
        else:
            names = {c.target: c.header for c in self.column_ids if c.target}
        labels = dict(
            self.env["tierslieux.census.column"]
            ._fields["target"]
            ._description_selection(self.env)
        )
        return {**labels, **names}

    def _detail(self, error):
        """What a problem of the whole file quotes, in the user's words."""
        if error.code.startswith("mapping_"):
            return self._column_names()[error.expected]
        return error.expected

    # Report

    def _error_headers(self):
        return [
            self.env._("Line"),
            self.env._("Column"),
            self.env._("Value"),
            self.env._("Expected"),
        ]

    def _change_headers(self):
        return [
            self.env._("Line"),
            self.env._("Venue"),
            self.env._("Action"),
            self.env._("Fields"),
        ]

    def _write_report(self, plan, state):
        self.ensure_one()
        new, updated, same = plan.lines()
        problems = [
            [p.line or "", p.column, p.value, expected(self.env, p.code, p.expected)]
            for p in plan.problems
        ]
        labels = self.env["tierslieux.venue"]._census_labels()
        create, update = self.env._("Create"), self.env._("Update")
        changes = [[e.line, e.values.get("name", ""), create, ""] for e in new]
        for line, values in updated:
            keys = ", ".join(labels[key] for key in plan.changed[line])
            changes.append([line, values.get("name", ""), update, keys])
        table = (
            census_file.write_table(self._error_headers(), problems)
            if problems
            else census_file.write_table(self._change_headers(), changes)
        )
        self.write(
            {
                "state": state,
                "create_count": len(new),
                "update_count": len(updated),
                "same_count": same,
                "error_count": len(problems),
                "report": {
                    "problems": problems[:SHOWN],
                    "changes": [] if problems else changes[:SHOWN],
                },
                "report_file": base64.b64encode(table),
            }
        )

    @api.model
    def _table_html(self, title, headers, rows):
        if not rows:
            return Markup()
        head = Markup().join(
            Markup("<th class='text-nowrap'>%s</th>") % header for header in headers
        )
        body = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(Markup("<td>%s</td>") % _shortened(cell) for cell in row)
            for row in rows
        )
        return Markup(
            "<h3>%s</h3><table class='table table-sm table-striped text-break'>"
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
        ) % (title, head, body)


def _shortened(cell):
    cell = str(cell)
    return cell if len(cell) <= SHOWN_VALUE else f"{cell[:SHOWN_VALUE]}…"
