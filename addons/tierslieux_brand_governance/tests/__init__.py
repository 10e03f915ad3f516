from . import test_brand_rules
