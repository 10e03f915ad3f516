# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every link of every first page, opened by whom it is shown to."""

from datetime import date

from lxml import etree, html

from odoo.tools.safe_eval import safe_eval

OFFICE = "/odoo/accueil/action-"
#: Needs of the office that lead to a list which shows more than what waits.
WIDER = {
    "close",
    "assembly_draft",
    "assembly_open",
    "assembly_closed",
    "follow_ups",
}


class FirstPages:
    def test_every_link_of_every_first_page(self):
        opened = set()
        for entry in self.env["tierslieux.demo"].logins():
            user = self.env["res.users"].search([("login", "=", entry["login"])])
            self.authenticate(entry["login"], entry["password"])
            pages, seen = [], set()
            if user._is_internal():
                context = {"allowed_company_ids": user.company_ids.ids}
                office = self._rpc("tierslieux.home", "html", context=context)
                pages.append((office, user.company_ids))
            pages.append((self.url_open("/my").text, self.env.company))
            for page, companies in pages:
                links = html.fromstring(page).xpath("//a[@data-need or @data-way]")
                self.assertTrue(links, entry["role"])
                for link in links:
                    key = link.get("data-need") or link.get("data-way")
                    if link.get("href") not in seen:
                        with self.subTest(role=entry["role"], link=key):
                            self._open(user, companies, link)
                    seen.add(link.get("href"))
                    opened.add(key.rstrip("0123456789").rstrip("_"))
        # some of each module and kind of user, so that nothing is looked past
        self.assertFalse(
            {
                "agenda",
                "agreements",
                "bank",
                "bookings",
                "closes",
                "desk",
                "expenses",
                "facilitated",
                "governance",
                "members",
                "partner_contracts",
                "plan",
                "sessions",
                "teaching",
            }
            - opened
        )

    def _open(self, user, companies, link):
        url = link.get("href")
        if not url.startswith(OFFICE):
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 200, url)
            self.assertNotIn("/web/login", answer.url)
            return
        found = self._open_office(user, companies, url)
        need = link.get("data-need")
        if need and need not in WIDER:
            value = link.find_class("tl-need-value")[0].text
            self.assertEqual(value, str(found), url)

    def _rpc(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _open_office(self, user, companies, url):
        """What the web client asks for: the action, its views, what they show.

        :return: how many records the list has
        """
        name, _slash, number = url.removeprefix(OFFICE).partition("/")
        action = self.make_jsonrpc_request("/web/action/load", {"action_id": name})
        if action["type"] == "ir.actions.client":
            return None
        model = action["res_model"]
        context = {"allowed_company_ids": companies.ids}
        search = (action["search_view_id"] or [False])[0]
        views = [*action["views"], [search, "search"]]
        shown = self._rpc(model, "get_views", views=views, context=context)
        if number:
            self._rpc(model, "read", [int(number)], ["display_name"], context=context)
            return None
        fields = shown["models"][model]["fields"]
        columns = etree.fromstring(shown["views"]["list"]["arch"]).xpath("/list/field")
        specification = {
            name: {"fields": {"display_name": {}}}
            if fields[name]["type"] == "many2one"
            else {}
            for name in {column.get("name") for column in columns}
        }
        domain = self._domain(user, action, shown["views"]["search"]["arch"])
        records = self._rpc(
            model,
            "web_search_read",
            domain=domain,
            specification=specification,
            limit=80,
            count_limit=10001,
            context=context,
        )
        return records["length"]

    def _domain(self, user, action, search):
        """The domain of a list as it opens: its own, and that of its first filter."""
        words = {"uid": user.id, "context_today": date.today}
        domain = safe_eval(action["domain"] or "[]", words)
        context = action["context"] or {}
        if isinstance(context, str):
            context = safe_eval(context, words)
        for key in context:
            if key.startswith("search_default_"):
                name = key.removeprefix("search_default_")
                [node] = etree.fromstring(search).xpath(f"//filter[@name='{name}']")
                domain = [*domain, *safe_eval(node.get("domain") or "[]", words)]
        return domain
