# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL, split_every

from .tierslieux_assembly_convocation import BATCH_SIZE

_logger = logging.getLogger(__name__)


class Motion(models.Model):
    """Votes between two dates: members are told of the opening, the end comes by
    itself."""

    _inherit = "tierslieux.motion"

    announced_ids = fields.Many2many(
        "tierslieux.convocation",
        "tierslieux_motion_announced",
        "motion_id",
        "convocation_id",
        string="Told of the opening",
        readonly=True,
        copy=False,
        groups="tierslieux_network.group_board",
    )

    def action_open(self):
        result = super().action_open()
        if self.assembly_id.is_asynchronous:
            self._queue_announcement()
        return result

    def _queue_announcement(self):
        """Write to everybody who has a vote at this moment, a batch a job."""
        # sudo: the right to open was checked; who was called is asked, nothing shown
        motion = self.sudo()
        assembly = motion.assembly_id
        voters = set(assembly._voting_power(motion._rule()))
        called = assembly.convocation_ids.filtered(
            lambda one: one.means == "email" and one.partner_id in voters
        )
        for ids in map(list, split_every(BATCH_SIZE, called.ids)):
            motion.with_delay(
                description=self.env._("Vote open: %s", motion.name),
                identity_key=f"_send_announcement-{motion.id}-{ids[0]}-{ids[-1]}",
            )._send_announcement(ids)

    def _send_announcement(self, convocation_ids):
        """One job: a link to the vote for each of these who has not had it. Run again,
        it writes to nobody twice; too late, to nobody."""
        self.ensure_one()
        if self.state != "open" or self._is_over():
            return
        told = self.env.execute_query(self._query_announce(convocation_ids))
        self.invalidate_recordset(["announced_ids"])
        convocations = self.env["tierslieux.convocation"].browse(one for [one] in told)
        convocations.with_context(tierslieux_motion_id=self.id)._send(
            "tierslieux_governance.mail_template_opening"
        )

    @api.model
    def _cron_close(self):
        """Close the votes between two dates whose time has come."""
        due = self.search(
            [
                ("state", "=", "open"),
                ("closes_at", "<=", fields.Datetime.now()),
                ("assembly_id.is_asynchronous", "=", True),
            ]
        )
        commit_progress = self.env["ir.cron"]._commit_progress
        commit_progress(remaining=len(due))
        for motion in due:
            try:
                motion.action_close()
            except (ConcurrencyError, UserError) as error:
                # Left open for the board to look at; tried again at the next run
                self.env.cr.rollback()
                _logger.warning("vote %s was not closed: %s", motion.id, error)
            if not commit_progress(1):
                break

    def _query_announce(self, convocation_ids):
        return SQL(
            """
            INSERT INTO tierslieux_motion_announced (motion_id, convocation_id)
            SELECT %s, id FROM unnest(%s) AS called (id)
       ON CONFLICT DO NOTHING
         RETURNING convocation_id
            """,
            self.id,
            list(convocation_ids),
        )
