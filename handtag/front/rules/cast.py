"""The cast of the sample: one of each whom one may want to be. All of them are invented."""

from dataclasses import dataclass, field

from handtag.kernel.rights import Role

HELSINGBORG = "1283"
BJUV = "1260"
FAMILY = (*("1260", "1278", "1283", "1284", "1276", "1282", "1275", "1214", "1277", "1292", "1257"),)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast; `key` is also the name they log in with in scripts."""

    key: str
    given_name: str
    family_name: str
    town: str
    place: str
    roles: tuple[Role, ...] = ()
    also_in: tuple[tuple[str, Role], ...] = ()
    speaks: tuple[str, ...] = ("sv",)
    reads: str = "sv"
    has_login: bool = True
    phone: str = ""
    helps_with: tuple[str, ...] = field(default=())
    protected: bool = False


CAST: tuple[Member, ...] = (
    Member("asker", "Gun-Britt", "Alm", HELSINGBORG, "Ödåkra", phone="070-174 06 10"),
    Member("second_asker", "Yusuf", "Haddad", HELSINGBORG, "Kattarp", speaks=("ar", "sv")),
    Member(
        *("helper", "Leila", "Nasser", HELSINGBORG, "Ödåkra"),
        speaks=("sv", "ar", "en"),
        phone="070-174 06 11",
        helps_with=("shopping", "errand", "library", "care_companion"),
    ),
    Member(
        *("second_helper", "Marek", "Nowak", HELSINGBORG, "Kattarp"),
        speaks=("sv", "en"),
        helps_with=("shopping", "practical", "dog_walk"),
    ),
    Member("new_helper", "Nadja", "Berg", HELSINGBORG, "Påarp"),
    Member("caller", "Aino", "Lahti", HELSINGBORG, "Mörarp", has_login=False, phone="042-400 04 10"),
    Member("coordinator", "Maria", "Ek", HELSINGBORG, "Helsingborg", (Role.COORDINATOR,)),
    Member("caseworker", "Johan", "Sjö", HELSINGBORG, "Helsingborg", (Role.CASEWORKER,)),
    Member("group_coordinator", "Stina", "Mo", HELSINGBORG, "Mörarp", (Role.GROUP_COORDINATOR,)),
    Member("agent", "Petra", "Ny", HELSINGBORG, "Helsingborg", (Role.CONTACT_CENTRE_AGENT,)),
    Member("ambassador", "Anders", "Vik", HELSINGBORG, "Helsingborg", (Role.AMBASSADOR,)),
    Member("host", "Eva", "Dahl", HELSINGBORG, "Helsingborg", (Role.SERVICE_POINT_HOST,)),
    Member("evaluator", "Karin", "Ljung", HELSINGBORG, "Helsingborg", (Role.EVALUATOR,)),
    Member("officer", "Per", "Ask", HELSINGBORG, "Helsingborg", (Role.PROTECTED_IDENTITY_OFFICER,)),
    Member("administrator", "Ulla", "Rask", HELSINGBORG, "Helsingborg", (Role.ADMINISTRATOR,)),
    Member("second_administrator", "Bo", "Hjelm", HELSINGBORG, "Helsingborg", (Role.ADMINISTRATOR,)),
    Member(
        *("protected", "Kanariefrida", "Kanariesson", HELSINGBORG, "Rydebäck"),
        phone="070-174 06 99",
        protected=True,
    ),
    Member("neighbour_asker", "Kerstin", "Holm", BJUV, "Bjuv"),
    Member("neighbour_helper", "Ali", "Rezai", BJUV, "Ekeby", helps_with=("shopping",)),
    Member("neighbour_coordinator", "Lars", "Bro", BJUV, "Bjuv", (Role.COORDINATOR,)),
    Member("neighbour_caseworker", "Mona", "Ström", BJUV, "Bjuv", (Role.CASEWORKER,)),
    Member(
        *("both", "Sara", "Lind", HELSINGBORG, "Påarp", (Role.COORDINATOR,)),
        also_in=((BJUV, Role.CASEWORKER),),
        helps_with=("shopping",),
    ),
    Member("proxy", "Lena", "Alm", HELSINGBORG, "Påarp", phone="070-174 06 12"),
    Member("guardian", "Tomas", "Frisk", HELSINGBORG, "Helsingborg"),
    Member(
        *("client", "Amal", "Said", HELSINGBORG, "Mörarp"),
        speaks=("ar",),
        reads="ar",
        has_login=False,
        phone="042-400 04 11",
    ),
)
