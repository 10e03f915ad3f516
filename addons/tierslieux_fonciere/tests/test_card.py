# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Command, Datetime
from odoo.tests import HttpCase, new_test_user, tagged

from .common import FonciereCommon


@tagged("post_install", "-at_install")
class TestCard(FonciereCommon, HttpCase):
    """A subscription paid online: by the core's form, transaction and poll."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ines = new_test_user(
            cls.env,
            "ines",
            groups="base.group_portal",
            password="ines",
            email="ines@example.org",
        )
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Carte",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "redirect_form_view_id": cls.env["ir.ui.view"]
                .create(
                    {
                        "name": "Formulaire",
                        "type": "qweb",
                        "arch": "<form action='#' method='post'/>",
                    }
                )
                .id,
            }
        )
        # not before: a method is that of a provider
        cls.method.active = True
        cls.call = cls.open_issue(target_shares=10, maximum_shares=10)
        cls.partner = cls.ines.partner_id

    def begin(self, one):
        """The transaction that the form of the page begins."""
        self.authenticate("ines", "ines")
        answer = self.url_open(
            f"/my/shares/{one.id}/transaction",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.method.id,
                    "token_id": None,
                    "flow": "redirect",
                    "tokenization_requested": False,
                    "landing_route": f"/my/shares/{one.id}",
                    # neither counts: the amount is ours
                    "amount": 1,
                    "access_token": "",
                },
            },
            timeout=60,
        ).json()
        transaction = self.env["payment.transaction"].search(
            [("reference", "=", answer["result"]["reference"])]
        )
        self.assertEqual(transaction.share_subscription_id, one)
        return transaction

    def poll(self):
        """The status that the page asks for until it is certain."""
        answer = self.url_open(
            "/payment/status/poll",
            json={"jsonrpc": "2.0", "params": {}},
            timeout=60,
        ).json()
        return answer["result"]["state"]

    def test_confirmed_twice_allots_once(self):
        one = self.subscribe(self.call, self.partner, 3)
        transaction = self.begin(one)
        self.assertEqual(transaction.amount, 300)
        self.assertEqual((self.poll(), one.state), ("draft", "reserved"))
        transaction._set_done()
        self.assertEqual((self.poll(), one.state), ("done", "allotted"))
        # told again by the provider, and by the cron of the core
        transaction.is_post_processed = False
        self.assertEqual(self.poll(), "done")
        transaction._post_process()
        self.assertEqual(one.received_amount, 300)
        self.assertEqual(self.held(), {self.partner.name: 3})
        self.assertEqual(len(one.movement_ids), 2)
        self.assertFalse(transaction.payment_id, "capital is no customer's payment")
        self.assertEqual(self.open_lines(), {})
        page = self.url_open(f"/my/shares/{one.id}").text
        self.assertNotIn("o_payment_form", page)

    def test_late_while_shares_are_left(self):
        one = self.subscribe(self.call, self.partner, 3)
        transaction = self.begin(one)
        one.reserved_until = Datetime.now() - timedelta(hours=1)
        one._expire()
        transaction._set_done()
        self.poll()
        self.assertEqual((one.state, one.refund_amount), ("allotted", 0))

    def test_late_when_all_are_gone(self):
        one = self.subscribe(self.call, self.partner, 3)
        transaction = self.begin(one)
        one.reserved_until = Datetime.now() - timedelta(hours=1)
        other = self.subscribe(self.call, self.people[0], 10)
        transaction._set_done()
        self.poll()
        self.assertEqual((one.state, one.received_amount), ("waiting", 300))
        self.pays(other)
        self.assertEqual((one.state, one.received_amount), ("refunded", 0))
        self.assertEqual(self.held(), {"Ada": 10})
        self.assertEqual(self.open_lines(), {})

    def test_queries_of_a_payment(self):
        counts = []
        for quantity in (1, 1, 1):
            one = self.subscribe(self.call, self.partner, quantity)
            transaction = self.begin(one)
            transaction._set_done()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            transaction._post_process()
            counts.append(self.env.cr.sql_log_count - before)
        # the accounts are looked for once, and nothing grows with what is there
        self.assertLess(counts[1], counts[0], counts)
        self.assertAlmostEqual(counts[2], counts[1], delta=3, msg=counts)
