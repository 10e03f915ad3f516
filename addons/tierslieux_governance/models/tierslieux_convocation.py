# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Convocation(models.Model):
    """That a contact was called, when, by which text: the proof of the notice."""

    _name = "tierslieux.convocation"
    _description = "Convocation"
    _inherit = ["tierslieux.append.only"]
    _order = "sent_at, id"
    _rec_name = "partner_id"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Called", required=True, ondelete="restrict", index=True
    )
    email = fields.Char()
    means = fields.Selection(
        [("email", "Email"), ("letter", "Letter"), ("hand", "By hand")],
        required=True,
        default="email",
    )
    sent_at = fields.Datetime(
        string="Sent on", required=True, default=fields.Datetime.now
    )
    digest = fields.Char(
        required=True,
        help="SHA-256 of the text of the convocation with its agenda.",
    )

    _partner_uniq = models.Constraint(
        "UNIQUE (assembly_id, partner_id)", "This member was called already."
    )

    def _opened_motion(self):
        """The vote whose opening is announced, while its emails are made."""
        return self.env["tierslieux.motion"].browse(
            self.env.context["tierslieux_motion_id"]
        )

    def _send(self, template):
        """Queue one email for each of these, each with its personal link.

        The emails belong to no record and to nobody of the board, and go once sent:
        the links that are in them must not be read by others.
        """
        # sudo: whoever convenes may not read the emails, only have them sent
        template = self.env.ref(template).sudo()
        rendered = template._generate_template(
            self.sudo().ids, ("subject", "body_html", "email_from")
        )
        robot = self.env.ref("base.user_root")
        self.env["mail.mail"].with_user(robot).sudo().create(
            [
                {
                    "subject": rendered[convocation.id]["subject"],
                    "body_html": rendered[convocation.id]["body_html"],
                    "email_from": rendered[convocation.id]["email_from"],
                    "recipient_ids": [(4, convocation.partner_id.id)],
                    "author_id": robot.partner_id.id,
                    "auto_delete": True,
                }
                for convocation in self
            ]
        )
