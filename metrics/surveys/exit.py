"""Exit: why they leave."""

from metrics.surveying import Mood, Option, Survey
from metrics.types import msg

SURVEY = Survey(
    id="exit",
    title=msg("Exit"),
    question=msg("What was the main reason to stop using {product}?"),
    options=(
        Option("price", msg("It costs too much")),
        Option("missing", msg("Something we need is missing")),
        Option("quality", msg("It did not work well enough")),
        Option("effort", msg("Too hard to set up or to use")),
        Option("support", msg("We did not get the help we needed")),
        Option("competitor", msg("We changed to another product")),
        Option("no_need", msg("We do not need it any more")),
        Option("other", msg("Something else")),
    ),
    comment_prompts={Mood.MIDDLE: msg("What should we have done differently?")},
    cap_days=0,
    of_those_who_left=True,
)
