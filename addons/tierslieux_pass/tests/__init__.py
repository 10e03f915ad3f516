from . import test_domain_subscription
from . import test_access_matrix
