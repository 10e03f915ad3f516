"""Whether grants exceed what they are for, when each may pay for several actions."""

from collections import deque


def excess(costs, grants):
    """The actions whose grants exceed their planned costs together, and by how much.

    Grants can be spent if and only if they flow to their actions without any action
    getting more than it costs. If the greatest flow leaves money over, the actions it
    can still reach are all full: the grants that lead to nothing but them are too many.

    :param costs: ``{action: cents}``
    :param grants: ``{grant: (cents, actions)}``
    :return: ``(cents too many, [actions], [grants])``; ``(0, [], [])`` if none
    """
    free = dict(costs)
    spent = {
        grant: dict.fromkeys(actions, 0) for grant, (_c, actions) in grants.items()
    }
    left = {grant: cents for grant, (cents, _actions) in grants.items()}
    for grant in grants:
        while left[grant] and (path := _path(grant, spent, free)):
            _push(path, spent, free, left)
    over = sum(left.values())
    if not over:
        return 0, [], []
    actions, reached = set(), set()
    for grant in grants:
        if left[grant]:
            more_actions, more_grants = _reach(grant, spent)
            actions |= more_actions
            reached |= more_grants
    return (
        over,
        [action for action in costs if action in actions],
        [grant for grant in grants if grant in reached],
    )


def _path(start, spent, free):
    """``[grant, action, grant, …, action]`` to an action with room: each grant may pay
    more for the next action if another one, that pays for it, goes elsewhere."""
    came = {("grant", start): None}
    queue = deque([start])
    while queue:
        grant = queue.popleft()
        for action in spent[grant]:
            if ("action", action) in came:
                continue
            came["action", action] = grant
            if free.get(action, 0):
                return _walk_back(action, came)
            for other in spent:
                if ("grant", other) not in came and spent[other].get(action):
                    came["grant", other] = action
                    queue.append(other)
    return None


def _walk_back(action, came):
    path = [action]
    while True:
        grant = came["action", path[-1]]
        path.append(grant)
        before = came["grant", grant]
        if before is None:
            return path[::-1]
        path.append(before)


def _push(path, spent, free, left):
    grants, actions = path[::2], path[1::2]
    amount = min(
        left[grants[0]],
        free[actions[-1]],
        *(spent[grant][at] for at, grant in zip(actions, grants[1:], strict=False)),
    )
    for grant, action in zip(grants, actions, strict=True):
        spent[grant][action] += amount
    for action, grant in zip(actions, grants[1:], strict=False):
        spent[grant][action] -= amount
    left[grants[0]] -= amount
    free[actions[-1]] -= amount


def _reach(start, spent):
    actions, grants, queue = set(), {start}, deque([start])
    while queue:
        for action in spent[queue.popleft()]:
            if action not in actions:
                actions.add(action)
                more = {other for other in spent if spent[other].get(action)} - grants
                grants |= more
                queue.extend(sorted(more, key=str))
    return actions, grants
