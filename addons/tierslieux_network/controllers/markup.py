# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pieces of the directory that are written dozens of times a page.

QWeb passes every computed attribute through the site's addresses and languages, about a
tenth of a millisecond each; here the language is in ``base`` once for all. ``Markup``
escapes what it is given.
"""

from markupsafe import Markup

_OPTION = Markup('<option value="{}"{}>{} ({})</option>')
_LINK = Markup('<a href="{}/{}">{}</a>')
_PHOTO = Markup(
    '<div class="tl-card-photo" style="--tl-category: {}">{}'
    '<span class="tl-kind">{}</span></div>'
)
_IMAGE = Markup(
    '<img src="/lieux/photo/{}?size=512&amp;v={}" width="400" height="240" alt="" '
    'loading="lazy"/>'
)
_BLANK = Markup('<span class="tl-card-blank" aria-hidden="true">{}</span>')
_SELECTED = Markup(" selected")


def options(choices, chosen):
    """The options of a filter, with the number of venues of each."""
    return Markup().join(
        _OPTION.format(
            choice["code"],
            _SELECTED if choice["code"] == chosen else "",
            choice["name"],
            choice["count"],
        )
        for choice in choices.values()
    )


def card_link(card, base, slug):
    return _LINK.format(base, slug((card["id"], card["name"])), card["name"])


def card_photo(card, category):
    if card["photo"]:
        image = _IMAGE.format(card["id"], card["photo"])
    else:
        image = _BLANK.format(card["name"][:1])
    return _PHOTO.format(category["color"], image, category["name"])
