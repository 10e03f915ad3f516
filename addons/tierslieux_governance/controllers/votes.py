# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .tools import called_to, visitor


class PortalVotes(CustomerPortal):
    """Voting, with an account or by the link of the mail. What is chosen travels in the
    body of the request, never in an address that a log would keep."""

    def _motion(self, motion_id, whose):
        """The motion and who votes, with the rights of the server.

        :param whose: :func:`called_to` or :func:`visitor`
        """
        # sudo: who visits is checked here, visitors of a link have no rights
        motion = (
            request.env["tierslieux.motion"]
            .sudo()
            .search_fetch(
                [("id", "=", motion_id), ("kind", "!=", "information")],
                ["assembly_id", "decision_kind", "kind", "secrecy"],
            )
        )
        if not motion:
            raise request.not_found()
        _assembly, voter = whose(motion.assembly_id.id)
        return motion, voter

    def _vote_values(self, motion, voter, **values):
        power = motion.assembly_id._voting_power(motion._rule(), voter)[voter]
        mine = motion.assembly_id._electors_of(voter)
        voted = motion._voted_among(power | mine)
        return {
            **self._prepare_portal_layout_values(),
            "page_name": "vote",
            "assembly": motion.assembly_id,
            "motion": motion,
            "voter": voter,
            "by_link": request.env.user.partner_id != voter,
            "electors": (power - voted).sorted(lambda one: (one not in mine, one.id)),
            "voted": voted,
            "receipts": motion._receipts(voted),
            "small_colleges": motion._small_colleges(),
            "is_over": motion._is_over(),
            "error": None,
            "form": {},
            **values,
        }

    @http.route(
        "/my/votes/<int:motion_id>",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def vote_page(self, motion_id, **_kwargs):
        motion, voter = self._motion(motion_id, called_to)
        return request.render(
            "tierslieux_governance.portal_vote", self._vote_values(motion, voter)
        )

    @http.route(
        "/my/votes/<int:motion_id>/choose",
        auth="public",
        website=True,
        methods=["POST"],
        readonly=True,
        sitemap=False,
    )
    def choose(self, motion_id, choice="", **_kwargs):
        """What was chosen on the first page of the portal, to confirm."""
        motion, voter = self._motion(motion_id, called_to)
        return request.render(
            "tierslieux_governance.portal_vote",
            self._vote_values(motion, voter, form={"choice": choice}),
        )

    @http.route(
        "/my/votes/<int:motion_id>/cast",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def cast(self, motion_id, **form):
        """One's own vote and those of one's principals, in one act."""
        # sudo: who visits is checked below, visitors of a link have no rights
        motion = request.env["tierslieux.motion"].sudo().browse(motion_id)
        motion._read_committed()
        entered = motion._enter()
        if not (entered or motion.exists()) or motion.kind == "information":
            raise request.not_found()
        # Whoever has the right to a ballot was called; the others are told nothing
        _assembly, voter = visitor(motion.assembly_id.id)
        try:
            motion._cast(voter, self._choices(motion, form), entered)
        except UserError as refusal:
            called_to(motion.assembly_id.id)
            return request.render(
                "tierslieux_governance.portal_vote",
                self._vote_values(motion, voter, error=str(refusal), form=form),
            )
        return request.redirect(f"/my/votes/{motion.id}")

    def _choices(self, motion, form):
        """``{elector id: choice}`` of the form: the common choice, and that of the
        electors it votes differently for.

        :raises UserError: the form says nothing that can be read
        """
        ids = form.get("electors", "").split(",")
        if not all(one.isdecimal() for one in ids):
            raise UserError(request.env._("You have no right to this vote."))
        if any(self._differs(form, one) for one in ids):
            raise UserError(
                request.env._(
                    "You chose something for one member without ticking “Another "
                    "choice”: tick it so that it counts. Nothing is recorded."
                )
            )
        return {
            int(one): self._choice(
                motion, form, f"-{one}" if form.get(f"differ-{one}") else ""
            )
            for one in ids
        }

    def _differs(self, form, elector):
        """Whether something was chosen for an elector that would not be counted."""
        return not form.get(f"differ-{elector}") and any(
            value
            for name, value in form.items()
            if name == f"choice-{elector}" or name.startswith(f"rank-{elector}-")
        )

    def _choice(self, motion, form, suffix):
        choice = form.get(f"choice{suffix}", "")
        if motion.kind == "election" and choice != "blank":
            ranks = {}
            for candidate in motion.candidate_ids:
                rank = form.get(f"rank{suffix}-{candidate.id}", "")
                if rank.isdecimal():
                    ranks.setdefault(int(rank), []).append(candidate)
            if any(len(same) > 1 for same in ranks.values()):
                raise UserError(request.env._("Give each candidate a rank of its own."))
            choice = ">".join(str(ranks[rank][0].id) for rank in sorted(ranks))
        if not choice:
            raise UserError(
                request.env._("Choose first; to choose nothing, vote blank.")
            )
        return choice
