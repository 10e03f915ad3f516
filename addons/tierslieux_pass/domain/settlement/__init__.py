"""How a month of the pass is shared among the venues, to the cent.

``settle(rules, visits)`` gives the result; ``read_rules`` and ``read_visits`` make
both from RULES.json and VISITS.csv, ``Visits`` takes them from elsewhere. Whoever has
the ``Sums`` of the visits already calls ``share(rules, sums)``, the same rule. What
cannot be settled raises ``RuleError`` or ``BadRows``, each in sentences for the user.
"""

from .errors import BadRows, RuleError
from .reading import read_visits
from .rules import Rules, read_rules, rules_of
from .settling import Sums, settle, share
from .visits import Visits
