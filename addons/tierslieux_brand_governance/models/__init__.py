from . import tierslieux_brand_rules
