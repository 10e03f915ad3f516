from . import test_domain_subscription
from . import test_domain_desk
from . import test_access_matrix
from . import test_visits
from . import test_booked_visits
from . import test_offline
from . import test_pages
from . import test_pass_close
