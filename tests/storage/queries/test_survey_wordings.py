from storage.queries.survey_wordings import reword, wordings


def test_a_question_is_put_in_the_companys_own_words_and_back(db):
    reword(db, "nps", "es", " ¿Qué tal? ")
    reword(db, "nps", "en", "How are we doing?")
    reword(db, "csat", "en", "Happy?")
    assert wordings(db, "nps") == {"en": "How are we doing?", "es": "¿Qué tal?"}
    reword(db, "nps", "es", "¿Cómo va?")
    reword(db, "nps", "en", " ")
    assert wordings(db, "nps") == {"es": "¿Cómo va?"}
