"""survey_wording: a question in the company's own words."""

from sqlmodel import Field

from storage.models.base import Table


class SurveyWording(Table, table=True):
    """The usual question of a kind in a language, where it is not the one that comes with Latido."""

    __tablename__ = "survey_wording"

    kind: str = Field(max_length=20, primary_key=True)
    language: str = Field(max_length=5, primary_key=True)
    question: str = Field(max_length=300)
