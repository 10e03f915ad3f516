from . import test_access_matrix
from . import test_category
from . import test_domain_claim
from . import test_domain_eligibility
from . import test_expense
from . import test_allocation
from . import test_allocation_concurrency
