"""What a customer's people get back when they press something: thanks, a form, or why it was not taken.

These actions are the only ones of all that somebody from outside may press; commands.core.survey_answering decides.
"""

from typing import Final

from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.spec import Action, Handler, View
from commands.core.survey_answering import (
    Declined,
    Refused,
    Taken,
    Why,
    answer,
    ask_again,
    change,
    comment,
    decline,
    language_of,
    own_answer,
)
from commands.ui.cards.survey_answer import (
    REFUSALS,
    SAVE_CHANGE,
    SAVE_COMMENT,
    change_form,
    comment_form,
    refusal_modal,
    thanks_modal,
)
from commands.ui.cards.survey_question import (
    ANSWER,
    ASK_AGAIN,
    CHANGE,
    COMMENT,
    OPT_OUT,
    allowed_card,
    declined_card,
    expired_card,
    question_card,
    thanks_card,
    withdrawn_card,
)
from commands.ui.survey_answered import close_later, show
from commands.ui.text import translator
from commands.ui.verbatim_posting import flow
from storage.queries.survey_answers import Asked, Given
from storage.session import Session


def tap(request: Request, db: Session) -> Reply:
    """An answer: thanks in the place of the buttons; in a channel for the one who answered alone."""
    taken = answer(request, db)
    if isinstance(taken, Refused):
        return _refused(request, taken)
    _spread(request, db, taken)
    return _thanks(request, taken.asked, taken.given)


def add_words(request: Request, db: Session) -> Modal:
    """The form for words beside the answer."""
    own = own_answer(request, db)
    if isinstance(own, Refused):
        return refusal_modal(own.why, _t(request, own.asked))
    t = _t(request, own.asked)
    return comment_form(own.asked, own.given, _wording(own.asked, t), t, request.company.surveys)


def another_answer(request: Request, db: Session) -> Modal:
    """The form for another answer."""
    own = own_answer(request, db)
    if isinstance(own, Refused):
        return refusal_modal(own.why, _t(request, own.asked))
    t = _t(request, own.asked)
    return change_form(own.asked, own.given, _wording(own.asked, t), t, request.company.surveys)


def keep_words(request: Request, db: Session) -> Modal | Invalid:
    """Keep the words."""
    return _kept(request, db, comment(request, db))


def keep_change(request: Request, db: Session) -> Modal | Invalid:
    """Keep another answer."""
    return _kept(request, db, change(request, db))


def no_more(request: Request, db: Session) -> Reply:
    """No question any more, with one tap."""
    declined = decline(request, db)
    if isinstance(declined, Refused):
        return _refused(request, declined)
    asked = declined.asked
    t = _t(request, asked)
    card = declined_card(asked.survey, _wording(asked, t), asked.token, t, request.company.surveys)
    return _in_place(request, db, declined, card)


def after_all(request: Request, db: Session) -> Reply:
    """Questions again: this one first, if it is still open."""
    again = ask_again(request, db)
    if isinstance(again, Refused):
        return _over_but_allowed(request, again)
    asked = again.asked
    t = _t(request, asked)
    card = question_card(
        asked.survey,
        _wording(asked, t),
        asked.token,
        t,
        request.company.surveys,
        anonymous=asked.anonymous,
        shared=asked.shared,
    )
    return _in_place(request, db, again, card)


def _kept(request: Request, db: Session, taken: Taken | Refused | Invalid) -> Modal | Invalid:
    """What the modal shows after it was sent off; the person's messages follow."""
    if isinstance(taken, Invalid):
        return taken
    if isinstance(taken, Refused):
        return refusal_modal(taken.why, _t(request, taken.asked))
    asked, given = taken.asked, taken.given
    _flow(request, db, taken)
    if not asked.shared and not asked.anonymous:  # an anonymous one's messages say nothing that could change
        show(db, asked, _thanks(request, asked, given), now=request.now)
    t = _t(request, asked)
    return thanks_modal(asked, given, _wording(asked, t), t, request.company.surveys)


def _spread(request: Request, db: Session, taken: Taken) -> None:
    """After an answer: other messages of the question, and the channels that read what customers say."""
    asked, now = taken.asked, request.now
    _flow(request, db, taken)
    if not asked.shared:
        tapped = asked.reminder_id if taken.reminder else asked.outbox_id
        show(db, asked, _thanks(request, asked, taken.given), now=now, tapped=tapped)
    elif taken.before is None:
        t = translator(asked.language)
        close_later(db, asked, expired_card(asked.survey, _wording(asked, t), t, request.company.surveys), now=now)


def _flow(request: Request, db: Session, taken: Taken) -> None:
    """Words go to the channels that read them; a changed answer changes what stands there."""
    had_words = taken.before is not None and taken.before.comment
    if taken.given.id is not None and (taken.given.comment or had_words):
        flow(db, taken.given.id, company=request.company, now=request.now)


def _in_place(request: Request, db: Session, declined: Declined, card: Reply) -> Reply:
    """A card in the place of the message that was tapped, and of the question's other one."""
    asked = declined.asked
    if asked.shared:
        return Reply(card.text)
    tapped = asked.reminder_id if declined.reminder else asked.outbox_id
    show(db, asked, card, now=request.now, tapped=tapped)
    return Reply(card.text, card.blocks, replace=True)


def _refused(request: Request, refused: Refused) -> Reply:
    """Why it was not taken: in the place of a person's own message, whose buttons do nothing any more."""
    asked, why = refused.asked, refused.why
    t = _t(request, asked)
    if asked is None:
        return Reply(t(REFUSALS[why]))
    if refused.given is not None:
        return _thanks(request, asked, refused.given, changeable=False, said=t(REFUSALS[why]))
    if asked.shared or why not in _CLOSING:
        return Reply(t(REFUSALS[why]))
    wording, policy = _wording(asked, t), request.company.surveys
    if why is Why.DECLINED:
        return declined_card(asked.survey, wording, asked.token, t, policy)
    return (withdrawn_card if why is Why.WITHDRAWN else expired_card)(asked.survey, wording, t, policy)


def _over_but_allowed(request: Request, refused: Refused) -> Reply:
    """They may be asked again, if not this question."""
    asked = refused.asked
    if asked is None or refused.given is not None or refused.why not in _CLOSING:
        return _refused(request, refused)
    t = _t(request, asked)
    return allowed_card(asked.survey, _wording(asked, t), t, request.company.surveys)


_CLOSING: Final = frozenset({Why.EXPIRED, Why.WITHDRAWN, Why.DECLINED})
"""After these nothing can be done with the question any more."""


def _thanks(request: Request, asked: Asked, given: Given, *, changeable: bool = True, said: str = "") -> Reply:
    t = _t(request, asked)
    return thanks_card(
        asked.survey,
        _wording(asked, t),
        asked.token,
        t,
        request.company.surveys,
        given=given.answer,
        comment=given.comment,
        changeable=changeable,
        anonymous=asked.anonymous,
        shared=asked.shared,
        said=said,
    )


def _t(request: Request, asked: Asked | None) -> Translator:
    return request.t if asked is None else translator(language_of(request, asked))


def _wording(asked: Asked, t: Translator) -> str:
    """The question in the wave's own words in that language; empty: the usual ones."""
    return asked.wording.get(t.locale, "")


def _for_customers(name: str, run: Handler, *, opens_modal: bool = False) -> Action:
    """What somebody from outside may press; nothing of who did it when is noted, for the sake of anonymous waves."""
    return Action(name, run, Role.OUTSIDER, Place.CUSTOMER, opens_modal=opens_modal, writes=not opens_modal)


ANSWERING: Final = (
    _for_customers(ANSWER, tap),
    _for_customers(OPT_OUT, no_more),
    _for_customers(ASK_AGAIN, after_all),
    _for_customers(COMMENT, add_words, opens_modal=True),
    _for_customers(CHANGE, another_answer, opens_modal=True),
)
ANSWERING_VIEWS: Final = (
    View(SAVE_COMMENT, keep_words, Role.OUTSIDER, Place.CUSTOMER, repeatable=True),
    View(SAVE_CHANGE, keep_change, Role.OUTSIDER, Place.CUSTOMER, repeatable=True),
)
