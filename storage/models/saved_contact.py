"""saved_contact: who is on a saved list."""

from sqlmodel import Field

from storage.models.base import Table


class SavedContact(Table, table=True):
    """One contact on one list."""

    __tablename__ = "saved_contact"

    list_id: int = Field(foreign_key="saved_list.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True)
