"""SAML 2: what we ask a directory, what it says once it has been checked, and logging out both ways."""

from handtag.login.gateways.saml.describing import metadata
from handtag.login.gateways.saml.directory import Directory, Own
from handtag.login.gateways.saml.entering import Said, read, request_url
from handtag.login.gateways.saml.leaving import (
    Answer,
    Demand,
    Message,
    answer_url,
    heard_answer,
    heard_demand,
    leave_url,
)
from handtag.login.gateways.saml.naming import Name, name_of

__all__ = [
    "Answer",
    "Demand",
    "Directory",
    "Message",
    "Name",
    "Own",
    "Said",
    "answer_url",
    "heard_answer",
    "heard_demand",
    "leave_url",
    "metadata",
    "name_of",
    "read",
    "request_url",
]
