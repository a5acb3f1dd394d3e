"""What the kinds of people get at a door; the words are those of walking.py.

In this order: visitor, stranger (a participant with no part in it), participant,
trainer, observer, coordinator, administrator.
"""

EVERYBODY = "in in in in in in in"
SIGNED_IN = "sign in in in in in in"
PARTICIPANT = "sign no in no no no no"
CMS = "sign sign sign in in in in"
TRAINERS = "sign sign sign in no no in"
DESK = "sign sign sign no in in in"
STAFF = "sign sign sign in no in in"
OFFICE = "sign sign sign no no in in"
ADMINISTRATORS = "sign sign sign no no no in"
POSTED_IN_CMS = "sign sign sign post post post post"
POSTED_IN_OFFICE = "sign sign sign no no post post"
POSTED = "sign post post post post post post"
NO_PAGE = "sign sign sign no no no no"
NOBODY = "no no no no no no no"
SENT_ON = "sign away away away away away away"
NO_CODES = "sign no no no no no no"
