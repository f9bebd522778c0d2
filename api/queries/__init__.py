"""The questions: fields of Query, each answered by one compiled statement."""

import strawberry

from api.queries.court import Court
from api.queries.following import Following
from api.queries.oversight import Oversight
from api.queries.people import People
from api.queries.places import Places
from api.queries.reviewing import Reviewing
from api.queries.rules import Rules
from api.queries.welfare import Welfare


@strawberry.type(description="Questions an investigator asks.")
class Query(Rules, People, Places, Court, Following, Oversight, Reviewing, Welfare):
    """All of them."""
