from . import test_access_matrix
from . import test_domain_hours
from . import test_pages
from . import test_training
from . import test_concurrency
