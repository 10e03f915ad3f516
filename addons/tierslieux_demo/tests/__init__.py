from . import test_demo
from . import test_domain_apportion
from . import test_domain_assemblies
from . import test_domain_bookings
from . import test_domain_funding
from . import test_domain_network
from . import test_query_counts
from . import test_menus
