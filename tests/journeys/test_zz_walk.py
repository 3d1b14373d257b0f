"""A walk with pictures."""
import os
import pytest
from tests.journeys.sample import Sample
from handtag.people.models import Person
OUT="/work/tmp/desk-shots"

@pytest.mark.parametrize(("name","how"), [("desk",{}),("hand",{"width":390}),("dark",{"dark":True}),("zoom",{"zoom":4})])
def test_walk(sample: Sample, name, how):
    os.makedirs(OUT,exist_ok=True)
    v=sample.visit("agent", **how)
    p=v.page
    def shot(n):
        p.screenshot(path=f"{OUT}/{name}-{n}.png", full_page=True)
        w=p.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        print(name,n,w, p.evaluate("document.activeElement.name||document.activeElement.tagName"))
        from tests.journeys import axe
        for f in axe.findings(p): print("AXE",name,n,f)
    p.goto("/helsingborg/telefon/"); shot(1)
    p.fill("[name=words]","Elsa Holm"); p.keyboard.press("Enter"); p.wait_for_load_state(); shot(2)
    p.fill("[name=phone]","042-400 04 84")
    p.select_option("[name=service]", index=1); p.fill("[name=need]","Mjölk"); p.select_option("[name=place]", label="Mörarp"); p.fill("[name=address]","Storgatan 8")
    p.press("[name=address]","Enter"); p.wait_for_load_state(); shot(3)
    p.check("[name=accepted]"); p.click("button[value=file]"); p.wait_for_load_state(); shot(4)
    p.select_option("[name=service]", index=1); p.press("[name=need]","Enter"); p.wait_for_load_state(); shot(5)
    aino=str(Person.objects.get(given_name="Aino").id)
    Person.objects.filter(pk=aino).update(language="ar")
    p.goto(f"/helsingborg/telefon/{aino}/"); shot(6)
    p.select_option("[name=service]", index=2); p.press("[name=need]","Enter"); p.wait_for_load_state(); shot(7)
    p.goto("/helsingborg/telefon/samtal/"); shot(8)
    p.locator("button:has-text('Jag ringer')").first.click(); p.wait_for_load_state(); shot(9)
    p.goto("/helsingborg/telefon/vid-dorren/"); p.fill("[name=words]","Leila"); p.keyboard.press("Enter"); p.wait_for_load_state(); shot(10)
    p.fill("[name=words]","Rövare"); p.keyboard.press("Enter"); p.wait_for_load_state(); shot(11)
    p.goto(f"/helsingborg/telefon/{aino}/lamna-vidare/"); shot(12)
    h=sample.cast["helper"]["person_id"]; p.goto(f"/helsingborg/telefon/{h}/"); shot(13)
