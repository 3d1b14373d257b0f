"""Names and words the sample's invented people are made of; any likeness to somebody is chance."""

GIVEN = (
    *("Agneta", "Ahmed", "Aino", "Alexander", "Alva", "Amina", "Anders", "Anna", "Arne", "Astrid", "Axel"),
    *("Barbro", "Bengt", "Berit", "Birgitta", "Britta", "Carina", "Cecilia", "Christer", "Dagny", "Daniel"),
    *("Ebba", "Elin", "Elsa", "Emil", "Erik", "Eva", "Farid", "Filip", "Fredrik", "Gerd", "Göran", "Gunilla"),
    *("Gustav", "Hanna", "Hassan", "Helena", "Henrik", "Ida", "Inga", "Ingrid", "Ivan", "Jan", "Jasmin"),
    *("Johanna", "Jonas", "Josef", "Karin", "Katarina", "Kerstin", "Khadija", "Kjell", "Lars", "Lena"),
    *("Linnea", "Lisbeth", "Maja", "Malin", "Margareta", "Maryam", "Mats", "Mehdi", "Mikael", "Mona"),
    *("Nils", "Noor", "Olena", "Olof", "Oskar", "Per", "Pernilla", "Petra", "Ragnhild", "Rolf", "Rut"),
    *("Samira", "Sanna", "Sara", "Siv", "Sofia", "Sonja", "Stefan", "Stig", "Sven", "Svetlana", "Tarek"),
    *("Thomas", "Tilda", "Torsten", "Ulf", "Ulla", "Vera", "Viktor", "Viveka", "Wilma", "Yasmin", "Åke"),
    *("Åsa", "Örjan"),
)
FAMILY = (
    *("Abbas", "Adler", "Ahlin", "Al-Masri", "Alm", "Ask", "Backe", "Berg", "Björk", "Blad", "Bodin", "Borg"),
    *("Brink", "Dahl", "Dufva", "Edling", "Ek", "Falk", "Fors", "Friberg", "Gran", "Grip", "Hall", "Hedin"),
    *("Holm", "Hosseini", "Ibrahim", "Kask", "Kivi", "Kovalenko", "Lind", "Ljung", "Lund", "Malm", "Mo"),
    *("Nabil", "Norén", "Novak", "Nyberg", "Omar", "Palm", "Quist", "Rask", "Rehn", "Ros", "Saleh", "Sand"),
    *("Sjö", "Skog", "Stål", "Ström", "Tall", "Tran", "Ulfsdotter", "Vik", "Virta", "Wall", "Yilmaz", "Å"),
    *("Öberg", "Östman"),
)
TONGUES = (
    (("sv",),) * 14
    + (("sv", "en"),) * 6
    + (("sv", "ar"), ("ar", "sv"), ("uk", "sv"), ("fi", "sv"), ("so", "sv"))
)

NEEDS = {
    "shopping": ("En kasse från affären i närheten", "Mjölk, bröd och lite frukt", "Veckans mat, två kassar"),
    "errand": ("Hämta ett paket", "Lämna in skor till skomakaren", "Posta ett rekommenderat brev"),
    "care_companion": ("Sällskap till vårdcentralen och hem igen", "Någon som följer med till tandläkaren"),
    "company": ("En fika och en pratstund", "En promenad i lugn takt", "Någon att spela kort med"),
    "digital": (
        "Få i gång den nya telefonen",
        "Hjälp att skriva ut ett formulär",
        "Tv:n hittar inga kanaler",
    ),
    "homework": ("Matte i årskurs 8", "Svenska som andraspråk", "Engelska inför ett prov"),
    "language": ("Öva svenska över en kopp te", "Förstå ett brev från skolan"),
    "practical": ("Byta en lampa i hallen", "Bära ner två stolar från vinden", "Skruva ihop en hylla"),
    "dog_walk": ("En halvtimme runt kvarteret med en lugn hund", "Hunden behöver springa av sig"),
    "library": ("Lämna och hämta ett par böcker", "Hämta reserverade böcker"),
}
KNOW = (
    "",
    "",
    "Ring på och vänta en stund",
    "Hunden skäller men är snäll",
    "Hissen är trasig",
    "Dörren är röd",
)
GREETINGS = (
    "Hej! Jag kommer vid utsatt tid.",
    "Vad roligt att du kan!",
    "Tack snälla, vi ses!",
    "Då ses vi.",
)
THANKS = ("", "", "Tack snälla!", "Så vänligt av dig.", "Det gick jättebra.", "Vi ses gärna igen.")

# How often each service is asked for, and how many of the helpers want to do it.
WANTED = {
    **{"shopping": 30, "errand": 14, "care_companion": 16, "company": 10, "digital": 10, "homework": 8},
    **{"language": 7, "practical": 9, "dog_walk": 5, "library": 5},
}
OFFERED = {
    **{
        "shopping": 0.6,
        "errand": 0.45,
        "care_companion": 0.2,
        "company": 0.3,
        "digital": 0.2,
        "homework": 0.12,
    },
    **{"language": 0.25, "practical": 0.3, "dog_walk": 0.35, "library": 0.3},
}
