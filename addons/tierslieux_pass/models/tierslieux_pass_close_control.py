# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL, formatLang


class PassCloseControl(models.Model):
    """The control sheet: the same sum read in three places, to the cent."""

    _inherit = "tierslieux.pass.close"

    control_html = fields.Html(
        string="Control sheet", compute="_compute_control_html", compute_sudo=True
    )

    def _controls(self):
        """``[(label, cents of rated lines or settlements, of invoices, of accounts)]``;
        the sums of a line are equal, or something is wrong."""
        self.ensure_one()
        self.env.flush_all()
        figures = self._query_figures()
        rows = []
        if self.state not in ("draft", "rated"):
            rows.append(
                (
                    self.env._("Billed to members, excl. tax"),
                    figures["rated"],
                    figures["invoiced"],
                    figures["income"],
                )
            )
        if self.state in ("settled", "self_billed", "closed"):
            rows.append(
                (
                    self.env._("Subscriptions and hours settled"),
                    figures["rated_month"],
                    figures["settled_in"],
                    figures["settled_out"],
                )
            )
            rows.append(
                (
                    self.env._("Put aside"),
                    figures["aside"],
                    figures["aside_posted"],
                    figures["aside_posted"],
                )
            )
        if self.state in ("self_billed", "closed"):
            rows.append(
                (
                    self.env._("Due to venues, excl. tax"),
                    figures["due"],
                    figures["bought"],
                    figures["expense"],
                )
            )
        return rows

    def _query_figures(self):
        company = self.company_id
        (row,) = self.env.execute_query_dict(
            SQL(
                """
                SELECT (SELECT coalesce(sum(amount_cents), 0) FROM tierslieux_rated_line
                         WHERE close_id = %(close)s) AS rated,
                       (SELECT coalesce(sum(amount_cents), 0) FROM tierslieux_rated_line
                         WHERE close_id = %(close)s AND kind != 'correction')
                       AS rated_month,
                       (SELECT coalesce(sum(in_cents), 0) FROM tierslieux_settlement
                         WHERE close_id = %(close)s) AS settled_in,
                       (SELECT coalesce(sum(fee_cents + reserve_left_cents
                                            + common_fund_cents), 0)
                          FROM tierslieux_settlement WHERE close_id = %(close)s)
                     + (SELECT coalesce(sum(line.total_cents), 0)
                          FROM tierslieux_settlement_line line
                          JOIN tierslieux_settlement one ON one.id = line.settlement_id
                         WHERE one.close_id = %(close)s) AS settled_out,
                       (SELECT coalesce(sum(reserve_left_cents + common_fund_cents), 0)
                          FROM tierslieux_settlement WHERE close_id = %(close)s)
                       AS aside,
                       (SELECT coalesce(sum(due_cents), 0)
                          FROM tierslieux_venue_statement WHERE close_id = %(close)s)
                       AS due
                """,
                close=self.id,
            )
        )
        (ledger,) = self.env.execute_query_dict(
            SQL(
                """
                SELECT coalesce(sum(amount_untaxed_signed) FILTER (
                           WHERE move_type IN ('out_invoice', 'out_refund')), 0)
                       AS invoiced,
                       coalesce(-sum(amount_untaxed_signed) FILTER (
                           WHERE move_type IN ('in_invoice', 'in_refund')), 0)
                       AS bought
                  FROM account_move
                 WHERE pass_close_id = %(close)s AND state = 'posted'
                """,
                close=self.id,
            )
        )
        (accounts,) = self.env.execute_query_dict(
            SQL(
                """
                SELECT coalesce(-sum(line.balance) FILTER (
                           WHERE move.move_type IN ('out_invoice', 'out_refund')
                             AND line.display_type = 'product'), 0) AS income,
                       coalesce(sum(line.balance) FILTER (
                           WHERE line.account_id = %(purchase)s
                             -- VAT that cannot be deducted is an expense too
                             AND line.display_type IS DISTINCT FROM 'tax'), 0)
                       AS expense,
                       coalesce(-sum(line.balance) FILTER (
                           WHERE move.move_type = 'entry'
                             AND line.account_id = %(held)s), 0) AS held,
                       coalesce(sum(line.balance) FILTER (
                           WHERE line.account_id = %(allocation)s), 0) AS aside_posted
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE move.pass_close_id = %(close)s AND move.state = 'posted'
                """,
                close=self.id,
                purchase=company.pass_purchase_account_id.id,
                held=company.pass_held_account_id.id,
                allocation=company.pass_allocation_account_id.id,
            )
        )
        ledger["bought"] += accounts["held"]
        amounts = {**ledger, **accounts}
        return {**row, **{name: round(value * 100) for name, value in amounts.items()}}

    def _compute_control_html(self):
        for close in self:
            rows = close._controls() if close.id and close.state != "draft" else []
            close.control_html = close._control_table(rows)

    def _control_table(self, rows):
        if not rows:
            return Markup("<p>%s</p>") % self.env._(
                "The sums appear as the stages are done."
            )
        head = Markup("<th/>") + Markup("").join(
            Markup('<th class="text-end">%s</th>') % label
            for label in (
                self.env._("Pass"),
                self.env._("Invoices"),
                self.env._("General ledger"),
            )
        )
        lines = Markup("").join(self._control_row(*row) for row in rows)
        return Markup(
            '<table class="table table-sm"><thead><tr>%s<th/></tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (head, lines)

    def _control_row(self, label, *sums):
        equal = len(set(sums)) == 1
        verdict = self.env._("equal") if equal else self.env._("NOT EQUAL")
        cells = Markup("").join(
            Markup('<td class="text-end">%s</td>')
            % formatLang(self.env, cents / 100, currency_obj=self.currency_id)
            for cents in sums
        )
        return Markup('<tr><td>%s</td>%s<td class="%s">%s</td></tr>') % (
            label,
            cells,
            "text-success" if equal else "text-danger fw-bold",
            verdict,
        )
