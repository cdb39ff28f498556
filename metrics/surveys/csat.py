"""CSAT: were they satisfied."""

from metrics.surveying import Mood, Survey
from metrics.types import msg

SURVEY = Survey(
    id="csat",
    title=msg("CSAT"),
    question=msg("How satisfied were you with our help?"),
    lowest_means=msg("Very dissatisfied"),
    highest_means=msg("Very satisfied"),
    scale=(1, 5),
    low=2,
    high=4,
    emoji=("rage", "slightly_frowning_face", "neutral_face", "slightly_smiling_face", "heart_eyes"),
    comment_prompts={
        Mood.LOW: msg("What went wrong, and what should we do about it?"),
        Mood.MIDDLE: msg("What could we have done better?"),
        Mood.HIGH: msg("What did we do well?"),
    },
)
