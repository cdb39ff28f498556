"""Sentiment: what the account's people answered when they were asked."""

from fractions import Fraction

from metrics.account_facts import AccountFacts, VoiceFacts
from metrics.judging import Factor
from metrics.scales import FULL, blend, scale, share
from metrics.types import Reading, Sentence, msg, plural

BEST_RATING = 5

NPS = scale((-1000, 0), (0, 550), (500, 850), (1000, 1000))
"""By promoters less detractors, in thousandths of the answers: all passive is a little over half."""

RATINGS = scale((1000, 0), (3000, 450), (4000, 750), (5000, 1000))
"""By the mean of CSAT and CES answers, in thousandths: a plain 3 is neutral, a 4 is satisfied."""


def sentiment(facts: AccountFacts) -> Reading | None:
    """The mean of the shares for NPS and for ratings, of those that were answered; None without any answer."""
    voice = facts.voice
    if voice is None:
        return None
    parts = []
    if voice.nps_answers:
        parts.append((1, share(FULL * (voice.promoters - voice.detractors) // voice.nps_answers, NPS)))
    if voice.ratings:
        parts.append((1, share(FULL * voice.ratings_sum // voice.ratings, RATINGS)))
    return Reading(blend(parts), _fact, (voice,)) if parts else None


def _fact(voice: VoiceFacts) -> Sentence:
    if voice.ratings == 0:
        return plural(
            "{count} NPS answer (promoters: {promoters}, detractors: {detractors})",
            "{count} NPS answers (promoters: {promoters}, detractors: {detractors})",
            voice.nps_answers,
            promoters=voice.promoters,
            detractors=voice.detractors,
        )
    reached = Fraction(voice.ratings_sum, BEST_RATING * voice.ratings)
    if voice.nps_answers == 0:
        return plural(
            "{count} rating, at {reached} of the best",
            "{count} ratings, at {reached} of the best",
            voice.ratings,
            reached=reached,
        )
    return plural(
        "{count} answer (promoters: {promoters}, detractors: {detractors}), ratings at {reached} of the best",
        "{count} answers (promoters: {promoters}, detractors: {detractors}), ratings at {reached} of the best",
        voice.nps_answers + voice.ratings,
        promoters=voice.promoters,
        detractors=voice.detractors,
        reached=reached,
    )


FACTOR = Factor(
    id="sentiment",
    title=msg("Sentiment"),
    points=15,
    explanation=msg(
        "The latest answers of 180 days. NPS: only promoters earn all points, only passives 55%, only detractors "
        "none. CSAT and CES: a mean of 5 earns all, 4 earns 75%, 3 earns 45%, 1 none. Where both were asked, the "
        "mean of the two."
    ),
    read=sentiment,
    feed="survey_responses",
)
