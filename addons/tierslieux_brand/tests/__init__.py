from . import test_access_matrix
from . import test_application
from . import test_concurrency
from . import test_licence
from . import test_pages
from . import test_registration
