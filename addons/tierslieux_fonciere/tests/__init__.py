from . import test_access_matrix
from . import test_property_pages
from . import test_concurrency
from . import test_domain_capital
from . import test_domain_register
from . import test_register
from . import test_subscription
