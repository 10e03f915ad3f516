"""What a subscriber must say of themself: the register names each holder with their
address as on that day."""

PERSON = ("name", "street", "zip", "city", "born_on")
LEGAL = ("legal_name", "siret", "street", "zip", "city", "function")


def asked(legal):
    """The fields of the form, in its order.

    :param legal: for a legal person
    """
    return LEGAL if legal else PERSON


def missing(values, legal):
    """The fields that are absent or blank.

    >>> missing({"name": "Ada", "street": "1 rue", "zip": " ", "city": "Lyon",
    ...          "born_on": "1990-01-01"}, legal=False)
    ['zip']
    """
    return [name for name in asked(legal) if not (values.get(name) or "").strip()]
