# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

import lxml.html

from odoo.addons.tierslieux_network.report.letterhead import into_pages

PAGE = """<html><body><main>{before}
<div class="article invoice"><p>Total : 90,00 €</p></div>{after}</main></body></html>"""
HEADER = '<div class="header boxed"><b>Réseau</b></div>'
FOOTER = """<div class="footer">SIRET 1<div>Page <span class="page"></span> /
<span class="topage"></span></div></div>"""


class TestLetterhead(unittest.TestCase):
    def test_the_page_says_who_sells(self):
        html, margins = into_pages(PAGE.format(before=HEADER, after=FOOTER))
        self.assertTrue(margins)
        page = lxml.html.fromstring(html)
        (article,) = page.xpath("//div[@class='article invoice']")
        words = article.text_content()
        self.assertLess(words.index("Réseau"), words.index("Total : 90,00 €"))
        self.assertLess(words.index("Total"), words.index("SIRET 1"))
        self.assertNotIn("Page", words)
        self.assertFalse(page.xpath("//div[contains(@class, 'header')]"))
        self.assertFalse(page.xpath("//div[contains(@class, 'footer')]"))

    def test_each_document_keeps_its_own(self):
        two = PAGE.format(before=HEADER, after=FOOTER).replace(
            "</main>",
            HEADER.replace("Réseau", "Lieu")
            + '<div class="article">Deux</div>'
            + FOOTER.replace("SIRET 1", "SIRET 2")
            + "</main>",
        )
        html, _margins = into_pages(two)
        page = lxml.html.fromstring(html)
        first, second = page.xpath("//div[contains(@class, 'article')]")
        self.assertIn("SIRET 1", first.text_content())
        self.assertIn("Lieu", second.text_content())
        self.assertNotIn("Lieu", first.text_content())

    def test_a_document_without_them_stays_as_it_is(self):
        html, margins = into_pages(PAGE.format(before="", after=""))
        self.assertFalse(margins)
        self.assertNotIn("<style>", html)
