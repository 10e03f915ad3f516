"""Giving a proxy: whether it may be given now, before anybody knows who will come.

:mod:`proxies` says which proxies count at a meeting. At the moment of giving, the same
rule refuses what could never count, so that a member hears of it while there is time to
choose somebody else: a holder who already carries as many as the statutes allow, who is
of another college, who has given their own away, or the reverse.
"""

from . import proxies

NO_PROXIES = "no_proxies"
GIVEN_ALREADY = "given_already"
HOLDER_HAS_GIVEN = "holder_has_given"
PRINCIPAL_HOLDS = "principal_holds"


def refusal(rule, proxy, live, colleges):
    """Why a proxy may not be given, or None when it may.

    >>> live = [proxies.Proxy("Ada", "Hedy")]
    >>> college = dict.fromkeys(["Ada", "Grace", "Hedy"], "lieux")
    >>> refusal(proxies.ProxyRule(), proxies.Proxy("Hedy", "Grace"), live, college)
    'principal_holds'

    :param live: proxies given and not revoked, in the order given
    :param colleges: ``{person entitled to vote: college}``, of all those concerned
    """
    if rule.cap == 0:
        return NO_PROXIES
    principal, holder = proxy.principal, proxy.holder
    if any(given.principal == principal for given in live):
        return GIVEN_ALREADY
    if holder is not None and any(given.principal == holder for given in live):
        return HOLDER_HAS_GIVEN
    if any(given.holder == principal for given in live):
        return PRINCIPAL_HOLDS
    # As if the holder came and the principal did not, and blank ones found their chair
    present = {one.holder for one in (*live, proxy) if one.holder is not None}
    present.discard(principal)
    if holder is None:
        return proxies.BLANK_VOID if rule.blank == proxies.VOID else None
    if holder == principal:
        return proxies.OWN
    outcome = proxies.powers(rule, [*live, proxy], present, colleges)
    return next(
        (reason for refused, reason in outcome.refused if refused == proxy), None
    )
