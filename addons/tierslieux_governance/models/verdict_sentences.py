# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The arithmetic of a verdict as a sentence, with its article and version.

Each function takes an environment, whose language it speaks, what a rule of ``domain/``
answered, and the rule of the statutes it came from.
"""

from fractions import Fraction

from ..domain import majority


def fraction_text(fraction):
    """``1/2``, or ``1`` for a whole."""
    return str(Fraction(fraction))


def percent(env, fraction):
    """``33,33 %`` as the language writes it, without needless zeros."""
    value = round(Fraction(fraction) * 10000)
    digits = 0 if value % 100 == 0 else 1 if value % 10 == 0 else 2
    lang = env["res.lang"]._lang_get(env.lang or "en_US")
    text = lang.format(f"%.{digits}f", value / 100)
    return env._("%s\N{NO-BREAK SPACE}%%", text)


def counted(env, number, one, many):
    """The words for one or for several; nought is singular in French."""
    french = (env.lang or "").startswith("fr")
    return one if number == 1 or french and not number else many


def quorum_sentence(env, verdict, rule):
    """« Quorum : 41 présents + 12 représentés = 53 sur 100 inscrits ≥ 1/2, article 11 »

    :param verdict: :class:`domain.quorum.Verdict`
    :param rule: record of ``tierslieux.decision.rule``
    """
    source = _source(env, rule, rule.quorum_article)
    if not verdict.whole.fraction and not verdict.colleges:
        text = env._("Quorum: none is asked; %s", _presence(env, verdict.whole))
        return env._("%(text)s, %(origin)s", text=text, origin=source)
    lines = [
        env._(
            "Quorum: %(arithmetic)s, %(origin)s",
            arithmetic=_compared(env, verdict.whole),
            origin=source,
        )
    ]
    for name, presence in verdict.colleges.items():
        if presence.entitled:
            lines.append(
                env._(
                    "– %(college)s: %(arithmetic)s",
                    college=name,
                    arithmetic=_compared(env, presence),
                )
            )
        else:
            lines.append(env._("– %s: nobody, no quorum to reach", name))
    lines.append(
        env._("The quorum is reached.")
        if verdict.reached
        else env._("The quorum is not reached.")
    )
    return "\n".join(lines) if verdict.colleges or not verdict.reached else lines[0]


def majority_sentence(env, verdict, rule):
    """« Majorité : 3 × 67 pour = 201 ≥ 2 × 100 exprimés = 200, article 12 »

    :param verdict: :class:`domain.majority.Verdict`
    """
    motion = verdict.motion
    values = {
        "yes": motion.votes_for,
        "no": motion.against,
        "base": _base(env, verdict),
        "relation": _relation(verdict, motion.votes_for > 0),
        "left": verdict.left,
        "right": verdict.right,
        "for_times": verdict.for_times,
        "base_times": verdict.base_times,
    }
    if verdict.rule.kind == majority.SIMPLE:
        text = env._(
            "Simple majority: %(yes)s for %(relation)s %(no)s against", **values
        )
    elif verdict.base_times == 1:
        text = env._(
            "Majority: %(for_times)s × %(yes)s for = %(left)s %(relation)s %(base)s",
            **values,
        )
    else:
        text = env._(
            "Majority: %(for_times)s × %(yes)s for = %(left)s %(relation)s "
            "%(base_times)s × %(base)s = %(right)s",
            **values,
        )
    source = _source(env, rule, rule.majority_article)
    return env._("%(text)s, %(origin)s", text=text, origin=source)


def college_sentences(env, verdict, rule):
    """One line a college with its heads and what it adds, then the result.

    :param verdict: :class:`domain.colleges.Verdict`
    """
    lines = []
    for share in verdict.shares:
        values = {
            "college": share.college.name,
            "share": percent(env, share.share),
            "weight": percent(env, share.weight),
            "yes": share.college.votes_for,
            "no": share.college.against,
            "ratio": percent(env, share.ratio or 0),
            "part": percent(env, share.contribution),
        }
        if share.silent == "empty":
            text = env._("%(college)s (%(share)s of the votes): no vote", **values)
        elif share.silent == "tied":
            text = env._(
                "%(college)s (%(share)s of the votes): %(yes)s for, %(no)s against, "
                "divided evenly",
                **values,
            )
        else:
            text = env._(
                "%(college)s (%(share)s of the votes): %(yes)s for, %(no)s against: "
                "%(weight)s × %(ratio)s = %(part)s",
                **values,
            )
        lines.append(text)
    lines.append(
        env._(
            "Colleges: %(result)s %(relation)s %(threshold)s, %(origin)s "
            "(heads: %(yes)s for, %(no)s against)",
            result=percent(env, verdict.result),
            relation=">" if verdict.adopted else "≤",
            threshold=fraction_text(verdict.threshold),
            origin=_source(env, rule, rule.college_article),
            yes=verdict.votes_for,
            no=verdict.against,
        )
    )
    return lines


def votes_sentence(env, votes):
    """« Votes : 12 pour, 3 contre, 1 abstention, 0 blanc. »"""
    number = votes["abstention"]
    return env._(
        "Votes: %(yes)s for, %(no)s against, %(abstentions)s, %(blanks)s.",
        yes=votes["for"],
        no=votes["against"],
        abstentions=counted(
            env,
            number,
            env._("%(one)s abstaining", one=number),
            env._("%(many)s abstaining", many=number),
        ),
        blanks=_blanks(env, votes["blank"]),
    )


def decimal(env, number):
    """A number with the decimal sign of the language, and no digit more or less."""
    sign = env["res.lang"]._get_data(code=env.lang or "en_US").decimal_point
    return str(number).replace(".", sign or ".")


def election_sentences(env, count, votes):
    """Voters, quota, one line a round, who is elected.

    :param count: as :func:`domain.tally.tally` tells it
    """
    lines = [
        env._(
            "Single transferable vote: %(voters)s, %(blanks)s among them; "
            "%(seats)s, quota %(quota)s.",
            voters=_voters(env, votes["voters"]),
            blanks=_blanks(env, votes["blank"]),
            seats=counted(
                env,
                count["seats"],
                env._("%(one)s seat", one=count["seats"]),
                env._("%(many)s seats", many=count["seats"]),
            ),
            quota=count["quota"],
        )
    ]
    for one in count["rounds"]:
        text = env._(
            "Round %(round)s: %(votes)s",
            round=one["round"],
            votes=", ".join(
                f"{name} {decimal(env, number)}"
                for name, number in one["votes"].items()
            ),
        )
        if one["elected"]:
            text += env._("; elected: %s", ", ".join(one["elected"]))
        if one["excluded"]:
            text += env._("; excluded: %s", one["excluded"])
        lines.append(text)
    for tie in count["ties"]:
        if "seed" in tie:
            lines.append(
                env._(
                    "Tie between %(tied)s, by lot (seed %(seed)s): %(chosen)s.",
                    tied=", ".join(tie["tied"]),
                    seed=tie["seed"],
                    chosen=tie["chosen"],
                )
            )
    lines.append(env._("Elected: %s.", ", ".join(count["winners"])))
    return lines


def notice_sentence(env, verdict, rule):
    """:param verdict: :class:`domain.notice.Verdict`"""
    return env._(
        "Notice: %(given)s %(relation)s %(required)s, %(origin)s",
        given=counted(
            env,
            verdict.given,
            env._("%(one)s day", one=verdict.given),
            env._("%(many)s days", many=verdict.given),
        ),
        relation="≥" if verdict.respected else "<",
        required=verdict.required,
        origin=_source(env, rule, rule.notice_article),
    )


def _source(env, rule, article):
    version = rule.version_id.display_name
    if not article:
        return version
    return env._("article %(article)s (%(version)s)", article=article, version=version)


def _presence(env, presence):
    """« 41 présents + 12 représentés = 53 sur 100 inscrits »"""
    words = {
        "on_site": (env._("1 present"), env._("%s present")),
        "remote": (env._("1 remote"), env._("%s remote")),
        "represented": (env._("1 represented"), env._("%s represented")),
        "correspondence": (
            env._("1 by correspondence"),
            env._("%s by correspondence"),
        ),
    }
    parts = [
        words[part][0] if votes == 1 else words[part][1] % votes
        for part, votes in presence.parts.items()
        if votes
    ] or [env._("0 present")]
    values = {
        "sum": " + ".join(parts),
        "counted": presence.counted,
        "entitled": _entitled(env, presence.entitled),
    }
    if len(parts) == 1:
        return env._("%(sum)s out of %(entitled)s", **values)
    return env._("%(sum)s = %(counted)s out of %(entitled)s", **values)


def _compared(env, presence):
    """The same, beside the fraction: « … ≥ 1/2 », or « … < 1/2, il en faut 50 »"""
    opposite = {"≥": "<", ">": "≤"}
    values = {
        "presence": _presence(env, presence),
        "relation": presence.relation
        if presence.reached
        else opposite[presence.relation],
        "fraction": fraction_text(presence.fraction),
        "required": presence.required,
    }
    if presence.reached:
        return env._("%(presence)s %(relation)s %(fraction)s", **values)
    return env._(
        "%(presence)s %(relation)s %(fraction)s (%(required)s needed)", **values
    )


def _relation(verdict, some_for):
    """The relation that holds between the two sides. Nothing is adopted without a vote
    for it, so that 0 ≥ 0 may hold and adopt nothing."""
    holds = (
        verdict.left > verdict.right
        if verdict.relation == ">"
        else verdict.left >= verdict.right
    )
    if holds:
        return verdict.relation if some_for else "="
    return {">": "≤", "≥": "<"}[verdict.relation]


def _base(env, verdict):
    number = verdict.base_votes
    one, many = {"one": number}, {"many": number}
    base = verdict.rule.base
    if base == majority.ENTITLED:
        return _entitled(env, number)
    if base == majority.VOTERS:
        return _voters(env, number)
    words = {
        majority.PRESENT: (
            env._("%(one)s present", **one),
            env._("%(many)s present", **many),
        ),
        majority.PRESENT_REPRESENTED: (
            env._("%(one)s present or represented", **one),
            env._("%(many)s present or represented", **many),
        ),
        majority.EXPRESSED: (
            env._("%(one)s expressed", **one),
            env._("%(many)s expressed", **many),
        ),
    }
    return counted(env, number, *words[base])


def _entitled(env, number):
    one = env._("%(one)s entitled", one=number)
    return counted(env, number, one, env._("%(many)s entitled", many=number))


def _voters(env, number):
    one = env._("%(one)s voter", one=number)
    return counted(env, number, one, env._("%(many)s voters", many=number))


def _blanks(env, number):
    one = env._("%(one)s blank", one=number)
    return counted(env, number, one, env._("%(many)s blank", many=number))
