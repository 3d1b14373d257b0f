// What is filled in on a page stays when one reads on in another language: kept in this tab until it is shown.
(() => {
  const KEY = "kept", here = location.pathname + location.search;
  const fields = () => [...document.querySelectorAll("main form")].flatMap((form, at) =>
    [...form.elements].filter(e => e.name && !["hidden", "password", "file", "submit", "button"].includes(e.type)
      && e.autocomplete !== "one-time-code").map(e => [`${at} ${e.name} ${/radio|checkbox/.test(e.type) ? e.value : ""}`, e]));
  const state = e => /radio|checkbox/.test(e.type) ? e.checked : e.value;
  document.addEventListener("submit", event => {
    if (event.target.id !== "reading") return;
    try { sessionStorage.setItem(KEY, JSON.stringify([here, fields().map(([name, e]) => [name, state(e)])])); } catch { /* full, or forbidden */ }
  });
  try {
    const [page, kept] = JSON.parse(sessionStorage.getItem(KEY) || "[]");
    sessionStorage.removeItem(KEY);
    if (page !== here) return;
    const were = new Map(kept);
    for (const [name, e] of fields()) if (were.has(name)) e[/radio|checkbox/.test(e.type) ? "checked" : "value"] = were.get(name);
  } catch { /* nothing kept */ }
})();
