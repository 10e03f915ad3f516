from . import test_convocation
from . import test_electorate
from . import test_electorate_size
from . import test_presence
from . import test_proxy
from . import test_statutes
from . import test_verdict_sentences
