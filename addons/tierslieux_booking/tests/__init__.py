from . import test_booking
from . import test_access_matrix
from . import test_search_free
