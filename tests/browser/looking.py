"""How journeys look at a page."""

import re
from datetime import date, timedelta

from axe_core_python.base import AXE_SCRIPT

#: Odoo's header holds the sign-out link twice, for wide and for narrow screens, one of
#: them always hidden; the entries of its portal have pictures without a text.
NOT_OURS = {"exclude": [["#o_logout"], [".o_portal_docs"]]}
#: What passed is not told: on a long page that is most of the work.
SERIOUS = """async (context) => {
    const {violations} = await axe.run(context, {resultTypes: ["violations"]});
    return violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .map(({id, nodes}) => [id, ...nodes.map(({html}) => html.slice(0, 160))]);
}"""


def text_of(locator):
    return re.sub(r"\s+", " ", locator.inner_text())


def next_monday():
    """A day on which the venues of the sample are open, and nobody has booked yet."""
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


def euros(text):
    """``"1 234,50 €"`` as cents."""
    return int(re.sub(r"\D", "", re.search(r"-?[\d\s]+,\d\d", text)[0]))


def download(page, address):
    answer = page.request.get(address)
    assert answer.ok, address
    return answer.body()


def assert_no_barrier(page, context=NOT_OURS):
    """No serious barrier on the page, as axe finds them.

    :param context: what of the page axe looks at
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    serious = page.evaluate(SERIOUS, context)
    assert not serious, "\n".join("; ".join(found) for found in serious)
