# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Headers and footers of reports, put into their pages.

wkhtmltopdf prints them only where it was built with a patched Qt, which Debian's is
not: an invoice would not say who sells. So the header opens the document and the footer
closes it, without the numbers of pages that only a patched one knows. Fonts of the web
are drawn as pictures of letters there: with those of the system, text stays text, that
can be searched, copied and read aloud.
"""

import lxml.html

CLASSED = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
STYLE = (
    "<style>.article, .article *:not(.fa) { font-family: sans-serif !important }"
    "</style>"
)
MARGINS = {
    "data-report-margin-top": 14,
    "data-report-margin-bottom": 14,
    "data-report-header-spacing": 0,
}


def into_pages(html):
    """:return: ``(html, margins)`` of the pages; no margins where nothing was moved"""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    root = lxml.html.fromstring(html, parser=parser)
    moved = False
    for article in root.xpath(f"//div[{CLASSED.format('article')}]"):
        for name, axis in (("header", "preceding"), ("footer", "following")):
            found = article.xpath(
                f"{axis}-sibling::*[1][self::div][{CLASSED.format(name)}]"
            )
            if found:
                _move(found[0], name, article)
                moved = True
        if moved:
            article.insert(0, lxml.html.fragment_fromstring(STYLE))
    return lxml.html.tostring(root, encoding="unicode"), MARGINS if moved else {}


def _move(node, name, article):
    classes = [one for one in node.get("class").split() if one != name]
    node.set("class", " ".join([*classes, "mt-5" if name == "footer" else "mb-4"]))
    for number in node.xpath(".//span[@class='page' or @class='topage']/.."):
        number.drop_tree()
    article.insert(0 if name == "header" else len(article), node)
