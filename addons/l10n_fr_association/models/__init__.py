from . import template_fr_asso
