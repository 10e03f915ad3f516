# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import request

SESSION_KEY = "tierslieux_assembly_links"


def visitor(assembly_id):
    """An assembly and who visits it: the person of the personal link that was opened in
    this browser, or else the signed-in user. Whether they were called is not looked at.

    :return: ``(assembly, contact)``, with the rights of the server
    :raises werkzeug NotFound: for nobody
    """
    # sudo: who visits is checked here, visitors of a link have no rights
    assembly = request.env["tierslieux.assembly"].sudo().browse(assembly_id)
    link = request.session.get(SESSION_KEY, {}).get(str(assembly_id))
    if link:
        voter = assembly.env["res.partner"].browse(link[0])
        known = assembly._check_access_token(voter, link[1])
    else:
        voter = request.env.user.partner_id.sudo()
        known = not request.env.user._is_public()
    if not known:
        raise request.not_found()
    return assembly, voter


def called_to(assembly_id):
    """An assembly and the visitor as one who was called to it.

    :return: ``(assembly, contact)``, with the rights of the server: whatever is shown
        or done next is about this contact
    :raises werkzeug NotFound: for an assembly that is not theirs, or nobody's
    """
    assembly, voter = visitor(assembly_id)
    # Nobody is called who is not there, or to what is not there
    if not assembly._is_called(voter):
        raise request.not_found()
    return assembly, voter


def remember_link(assembly, voter, token):
    links = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {**links, str(assembly.id): [voter.id, token]}


def forget_link(assembly_id):
    links = dict(request.session.get(SESSION_KEY, {}))
    links.pop(str(assembly_id), None)
    request.session[SESSION_KEY] = links
