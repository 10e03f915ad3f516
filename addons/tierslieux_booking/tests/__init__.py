from . import test_booking
from . import test_access_matrix
from . import test_pages
from . import test_search_free
from . import test_booking_concurrency
from . import test_booking_invoice
from . import test_booking_mail
