"""Tables that hold nothing about a person."""

IMPERSONAL = frozenset(
    {
        "jobs.duty",
        "jobs.heartbeat",
        "front.whatif",
        "history.chainhead",
        "municipalities.municipality",
        "municipalities.committee",
        "municipalities.partnership",
        "municipalities.membership",
        "municipalities.area",
        "municipalities.place",
        "login.townrules",
        "login.provider",
        "login.directorykey",
        "login.groupmapping",
        "login.spent",
        "ambassadors.demand",
        "notices.line",
        "groups.group",
        "permits.service",
        "permits.rule",
    }
)
