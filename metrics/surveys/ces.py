"""CES: how easy was it."""

from metrics.surveying import Mood, Survey
from metrics.types import msg

SURVEY = Survey(
    id="ces",
    title=msg("CES"),
    question=msg("How easy was it to get done what you wanted to do?"),
    lowest_means=msg("Very difficult"),
    highest_means=msg("Very easy"),
    scale=(1, 5),
    low=2,
    high=4,
    emoji=("tired_face", "slightly_frowning_face", "neutral_face", "slightly_smiling_face", "star-struck"),
    comment_prompts={
        Mood.LOW: msg("What made it difficult?"),
        Mood.MIDDLE: msg("What would have made it easier?"),
        Mood.HIGH: msg("What made it easy?"),
    },
)
