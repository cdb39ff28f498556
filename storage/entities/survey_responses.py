"""survey_responses: what people answered to NPS, CSAT and CES questions."""

from metrics.surveys import scales
from storage.entity import Entity, Field
from storage.kinds import choice, moment, reference, score, text
from storage.models.survey_response import SurveyResponse

ENTITY = Entity(
    "survey_responses",
    SurveyResponse,
    (
        Field("response_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("contact_id", reference("contacts"), refers="contacts"),
        Field("kind", choice(*scales()), required=True),
        Field("score", score(), required=True, beside="kind"),
        Field("comment", text(10000)),
        Field("responded_at", moment(), required=True),
    ),
    touches="account_id",
)
