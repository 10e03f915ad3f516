from . import test_concurrency
from . import test_half_day
