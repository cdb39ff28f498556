"""NPS: would they recommend us."""

from metrics.surveying import Mood, Survey
from metrics.types import msg

SURVEY = Survey(
    id="nps",
    title=msg("NPS"),
    question=msg("How likely are you to recommend {product} to a friend or colleague?"),
    lowest_means=msg("Not at all likely"),
    highest_means=msg("Extremely likely"),
    scale=(0, 10),
    low=6,
    high=9,
    comment_prompts={
        Mood.LOW: msg("What went wrong, and what should we do about it?"),
        Mood.MIDDLE: msg("What would make it a 10?"),
        Mood.HIGH: msg("What do you like best?"),
    },
    cap_days=180,
)
