# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from markupsafe import Markup

from odoo.http import request

_ROW = Markup(
    '<li><span><a href="/marque/verifier/{}">{}</a><small>{}</small></span>'
    '<span class="tl-badge {}">{}</span></li>'
)
_BADGES = {
    "valid": "tl-badge-open",
    "suspended": "tl-badge-project",
    "withdrawn": "tl-badge-closed",
    "expired": "tl-badge-closed",
}


def register_rows(rows, states, day):
    """The lines of the public register. QWeb passes every computed attribute through
    the site's addresses, about a tenth of a millisecond each; ``Markup`` escapes."""
    return Markup('<ul class="tl-register">{}</ul>').format(
        Markup().join(
            _ROW.format(
                row["code"],
                row["venue"],
                " · ".join(
                    filter(
                        None,
                        [row["city"], row["brand"], row["number"], day(row["date_to"])],
                    )
                ),
                _BADGES.get(row["state"], ""),
                states[row["state"]],
            )
            for row in rows
        )
    )


def assessed(post, assessment):
    """``{criterion id: (rank or None, comment)}`` of a form."""
    values = {}
    for criterion in assessment.line_ids.criterion_id:
        rank = post.get(f"rank_{criterion.id}", "")
        comment = (post.get(f"comment_{criterion.id}") or "").strip()[:4000]
        values[criterion.id] = (int(rank) if rank.isdecimal() else None, comment)
    return values


def answered(post, assessment):
    """``{question id: text}`` of a form."""
    return {
        question.id: (post.get(f"answer_{question.id}") or "").strip()[:4000]
        for question in assessment.line_ids.criterion_id.question_ids
    }


def keep_evidence(post, assessment):
    """Files added to, or one removed from, the criteria of a form."""
    files = request.httprequest.files
    for line in assessment.line_ids:
        upload = files.get(f"file_{line.criterion_id.id}")
        if upload and upload.filename:
            line._add_evidence(upload.filename, upload.read(9 * 1024 * 1024))
    removed = post.get("remove", "")
    if removed.isdecimal():
        assessment.line_ids._evidence().filtered(
            lambda paper: paper.id == int(removed)
        ).unlink()
