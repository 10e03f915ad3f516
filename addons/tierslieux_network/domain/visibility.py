"""What a person lets others see, field by field.

Three audiences, each seeing what the wider ones see: the ``public`` (anyone), the
``network`` (signed-in members) and the person (everything).
"""

NOBODY = "nobody"
NETWORK = "network"
PUBLIC = "public"

_SEEN_BY = {NETWORK: {NETWORK, PUBLIC}, PUBLIC: {PUBLIC}}


def is_visible(choice, audience):
    """Whether a field whose owner chose ``choice`` is seen by ``audience``.

    :param choice: ``nobody``, ``network`` or ``public``
    :param audience: ``network`` or ``public``
    :raises KeyError: for another audience
    """
    return choice in _SEEN_BY[audience]


def visible_fields(choices, audience, key="name"):
    """The fields that an audience may see.

    :param choices: ``{field: choice}``
    :param key: the field without which nothing is shown: a phone number without
        the name still points at somebody
    :return: a set of fields, empty when ``key`` is hidden
    """
    if not is_visible(choices[key], audience):
        return set()
    return {field for field, choice in choices.items() if is_visible(choice, audience)}
