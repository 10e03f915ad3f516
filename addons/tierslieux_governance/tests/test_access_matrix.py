# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import NOW, START, GovernanceCommon


class GovernanceMatrix(Matrix, GovernanceCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what. The elector is Ada, who was called; the member was not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(
            elector=cls.give_account(cls.ada),
            portal=cls.give_account(cls.noor, "base.group_portal"),
        )
        draft = cls.create_assembly()
        scic = cls.env.ref("tierslieux_governance.statutes_scic")
        cls.convene()
        held = cls.give(cls.hedy, cls.ada)
        other = cls.give(cls.atelier, cls.coop)
        cls.assembly._arrive(cls.ada)
        cls.assembly._arrive(cls.lea)
        calls = {one.partner_id: one for one in cls.assembly.convocation_ids}
        present = {
            one.elector_id.partner_id: one for one in cls.assembly.attendance_ids
        }
        cls.records = {
            ("tierslieux.assembly", "convened"): cls.assembly,
            ("tierslieux.assembly", "draft"): draft,
            ("tierslieux.elector", "own"): cls.elector(cls.ada),
            ("tierslieux.elector", "another's"): cls.elector(cls.hedy),
            ("tierslieux.convocation", "own"): calls[cls.ada],
            ("tierslieux.convocation", "another's"): calls[cls.hedy],
            ("tierslieux.proxy", "held"): held,
            ("tierslieux.proxy", "another's"): other,
            ("tierslieux.attendance", "own"): present[cls.ada],
            ("tierslieux.attendance", "another's"): present[cls.coop],
            ("tierslieux.mandate", "any"): cls.env["tierslieux.mandate"].create(
                {"partner_id": cls.hedy.id}
            ),
        }
        board_meeting = cls.create_assembly(kind="board")
        board_meeting.action_convene()
        cls.env["tierslieux.convocation"].create(
            {
                "assembly_id": board_meeting.id,
                "partner_id": cls.ada.id,
                "digest": "0",
            }
        )
        cls.records["tierslieux.resolution", "board meeting"] = cls.resolve(
            board_meeting.motion_ids[0], "board meeting"
        )
        cls.records["tierslieux.minutes", "called"] = cls.env[
            "tierslieux.minutes"
        ].create(
            {
                "assembly_id": cls.assembly.id,
                "version": 1,
                "content": {"title": "PV"},
                "digest": "0",
                "signed_at": NOW,
            }
        )
        for state, assembly in (("convened", cls.assembly), ("draft", draft)):
            motions = assembly.motion_ids
            cls.records["tierslieux.motion", state] = motions[0]
            cls.records["tierslieux.candidate", state] = motions.candidate_ids[0]
        for state, version in (("adopted", cls.statutes), ("draft", scic)):
            cls.records["tierslieux.statutes.version", state] = version
            cls.records["tierslieux.statutes.article", state] = version.article_ids[0]
            cls.records["tierslieux.decision.rule", state] = version.rule_ids[0]
            cls.records["tierslieux.college.weight", state] = version.weight_ids[0]
        cls.records.update(cls.votes())

    @classmethod
    def votes(cls):
        cls.clock.move_to(START)
        cls.assembly.action_open()
        motion, election = cls.assembly.motion_ids
        motion.action_open()
        election.action_open()
        for voter, member in ((cls.ada, cls.ada), (cls.lea, cls.coop)):
            elector = cls.elector(member).id
            election._cast(voter, {elector: "blank"})
        motion._cast(cls.lea, {cls.elector(cls.coop).id: "for"})
        motion.action_close()
        signings = {
            one.elector_id.partner_id: one
            for one in cls.env["tierslieux.signing"].search([])
        }
        return {
            ("tierslieux.open.ballot", "of the assembly"): cls.env[
                "tierslieux.open.ballot"
            ].search([]),
            ("tierslieux.signing", "own"): signings[cls.ada],
            ("tierslieux.signing", "another's"): signings[cls.coop],
            ("tierslieux.urn.ballot", "own"): cls.env["tierslieux.urn.ballot"].search(
                [], limit=1
            ),
            ("tierslieux.resolution", "general assembly"): motion.resolution_ids,
        }


class TestAccessMatrix(MatrixTests, GovernanceMatrix):
    """The matrix as the ORM answers."""


@tagged("post_install", "-at_install")
class TestAccessApi(MatrixApi, GovernanceMatrix, HttpCase):
    """The same matrix, asked from outside with an API key a user."""
