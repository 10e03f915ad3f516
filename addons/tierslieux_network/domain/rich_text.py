"""Between the plain paragraphs of a file and the rich text of a page."""

import re
from html import escape
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}


def tidy(text):
    """Lines trimmed, single spaces, at most one blank line between paragraphs."""
    text = re.sub(r"\r\n?", "\n", text or "")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def to_html(text):
    """Paragraphs and line breaks of a tidy text."""
    return "".join(
        "<p>{}</p>".format(escape(paragraph, quote=False).replace("\n", "<br>"))
        for paragraph in tidy(text).split("\n\n")
        if paragraph
    )


def to_text(html):
    """The tidy text of a page: what ``to_html`` was given, or close to it."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return tidy("".join(reader.parts))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attrs):
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data):
        self.parts.append(re.sub(r"[\n\t]", " ", data))
