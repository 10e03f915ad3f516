# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, email_normalize_all

from ..domain import roll

ERASED = [
    "email",
    "phone",
    "website",
    "comment",
    "image_1920",
    "function",
    "vat",
    "ref",
    "barcode",
]
# Name and address have to stay on invoices for ten years (code de commerce, L123-22;
# code général des impôts, annexe II, 242 nonies A).
IDENTITY = ["street", "street2", "zip", "city", "state_id", "country_id"]


class ResPartnerPrivacy(models.Model):
    """What a person may ask of those who hold data about them: all of it, or that it
    be erased (articles 15, 17 and 20 of the GDPR)."""

    _inherit = "res.partner"

    def _personal_data(self):
        """Everything held about a person, by subject; modules add theirs.

        :return: ``{subject: record or list of records}``, ready for JSON
        """
        self.ensure_one()
        profile = self.profile_ids
        return {
            "contact": self._personal_values(
                self,
                ["name", "email", "phone", "website", "function", "lang", "tz"]
                + ["street", "street2", "zip", "city", "country_id", "create_date"],
            ),
            "compte": [
                self._personal_values(user, ["login", "create_date", "login_date"])
                for user in self.with_context(active_test=False).user_ids
            ],
            "profil": [
                self._personal_values(
                    one,
                    ["headline", "biography", "skill_ids", "is_mentor"]
                    + ["mentor_stage_ids", "home_venue_id", "facilitated_venue_ids"]
                    + [name for name in one._fields if name.startswith("visibility_")],
                )
                for one in profile
            ],
            "adhésions": [
                {
                    **self._personal_values(
                        membership,
                        ["partner_id", "college_id", "state", "member_since"]
                        + ["paid_until"],
                    ),
                    "événements": [
                        self._personal_values(event, ["kind", "date", "reason"])
                        for event in membership.event_ids
                    ],
                }
                for membership in self.membership_ids
            ],
            "délégations": [
                self._personal_values(
                    delegation, ["membership_id", "date_from", "date_to"]
                )
                for delegation in self.env["tierslieux.delegation"].search(
                    [("partner_id", "=", self.id)]
                )
            ],
            "factures": [
                self._personal_values(
                    move,
                    ["name", "move_type", "invoice_date", "amount_total"]
                    + ["payment_state", "ref"],
                )
                for move in self._invoices()
            ],
            "inscriptions": [
                self._personal_values(
                    registration, ["event_id", "name", "email", "phone", "state"]
                )
                for registration in self.env["event.registration"].search(
                    [("partner_id", "=", self.id)]
                )
            ],
            "messages": [
                self._personal_values(message, ["date", "subject", "body"])
                for message in self.env["mail.message"].search(
                    [
                        ("author_id", "=", self.id),
                        ("message_type", "in", ["comment", "email"]),
                    ]
                )
            ],
        }

    def _personal_values(self, record, names):
        """``{label: value}`` of a record, relations by their names."""
        values = {}
        for name in names:
            field = record._fields[name]
            value = record[name]
            if field.relational:
                shown = value.mapped("display_name")
                value = shown[0] if field.type == "many2one" and shown else shown
            label = field._description_string(self.env)
            values[label] = (
                value if value or field.type in ("boolean", "float") else None
            )
        return values

    def _invoices(self):
        return self.env["account.move"].search(
            [("partner_id", "=", self.id), ("move_type", "!=", "entry")],
            order="invoice_date",
        )

    def _erasure_activity(self):
        """The request of erasure that the board has not answered yet."""
        kind = self.env.ref("tierslieux_network.activity_type_erasure")
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
            ],
            limit=1,
        )

    def _ask_for_erasure(self):
        """Tell the board, once, that a person asks to be erased."""
        self.ensure_one()
        if self._erasure_activity():
            return
        board = self.env.ref("tierslieux_network.group_board").all_user_ids
        handler = board.filtered(lambda user: user.active and user.share is False)
        self.activity_schedule(
            "tierslieux_network.activity_type_erasure",
            user_id=(handler.sorted("id")[:1] or self.env.ref("base.user_admin")).id,
        )

    def _erasure_kept(self):
        """Sentences saying what the law makes us keep of a person."""
        self.ensure_one()
        kept = []
        invoices = self._invoices().filtered(lambda move: move.state == "posted")
        if invoices:
            kept.append(
                self.env._(
                    "%(count)s posted invoices, with name and address, for ten years "
                    "after the end of their accounting year (code de commerce, "
                    "article L123-22)",
                    count=len(invoices),
                )
            )
        return kept

    def _erase_letters(self, users):
        """Delete what was written to a person or about them: the threads of their
        records, their letters, sent or waiting."""
        threads = Domain.OR(
            Domain("model", "=", records._name) & Domain("res_id", "in", records.ids)
            for records in (self, users, self.profile_ids, self.membership_ids)
        )
        letters = Domain("recipient_ids", "in", self.ids)
        if self.email:
            letters |= Domain("email_to", "ilike", self.email)
        address = email_normalize(self.email)
        self.env["mail.mail"].search(letters).filtered(
            # “ann@…” is found in “joann@…” too
            lambda letter: (
                self & letter.recipient_ids
                or address in email_normalize_all(letter.email_to or "")
            )
        ).unlink()
        self.env["mail.message"].search(threads).unlink()

    def _erase_person(self):
        """Erase what is held about a person, except what the law makes us keep.

        The contact stays as an archived record without anything that tells who it
        was, so that totals and append-only records still hold; its name and address
        stay only when posted invoices need them.
        """
        self.ensure_one()
        internal = self.with_context(active_test=False).user_ids.filtered(
            lambda user: not user.share
        )
        if internal:
            raise UserError(
                self.env._(
                    "%s is a user of the back office: an administrator has to end "
                    "that first.",
                    self.name,
                )
            )
        if self.venue_ids:
            raise UserError(self.env._("%s is a venue, not a person.", self.name))
        kept = self._erasure_kept()
        self.env["privacy.log"].create(
            {
                "anonymized_name": self.name or "-",
                "anonymized_email": self.email or "x@example.org",
                "execution_details": self.env._("Erased at the person's request"),
                "additional_note": "\n".join(kept),
            }
        )
        self._erasure_activity().action_feedback(
            feedback=self.env._("Erased at the person's request")
        )
        users = self.with_context(active_test=False).user_ids
        for user in users:
            # a login is personal, and has to stay unique
            user.write(
                {"login": f"effacé-{user.id}", "signature": False, "active": False}
            )
        present = roll.ALLOWED_AFTER["withdrawal"]
        self.membership_ids.filtered(lambda m: m.state in present)._record(
            "withdrawal", reason=self.env._("Erased at the person's request")
        )
        self._erase_letters(users)
        self.profile_ids.unlink()
        self.env["event.registration"].search([("partner_id", "=", self.id)]).write(
            {"name": False, "email": False, "phone": False}
        )
        values = dict.fromkeys(ERASED, False)
        if not kept:
            values |= dict.fromkeys(IDENTITY, False)
            values["name"] = self.env._("Erased person %s", self.id)
        self.with_context(tracking_disable=True).write({**values, "active": False})
        self.message_partner_ids = False
