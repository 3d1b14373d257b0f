// What axe's findings on a page depend on: elements, classes, roles and states; not which words stand there but
// whether any do, not which ids but whether what they name is there. Of rows alike two stand for all.
() => {
  const naming = new Set(["for", "headers", "list", "form", "aria-labelledby", "aria-describedby",
    "aria-controls", "aria-owns", "aria-activedescendant", "aria-details", "aria-errormessage"]);
  const wording = new Set(["alt", "title", "placeholder", "aria-label", "aria-description",
    "aria-roledescription", "aria-valuetext", "aria-valuenow", "aria-valuemax", "value", "content", "src",
    "srcset", "action", "formaction", "datetime", "d", "points", "name", "nonce", "viewBox", "transform",
    "x", "y", "cx", "cy", "r", "width", "height", "min", "max", "step", "maxlength"]);
  const found = id => (document.getElementById(id) ? "there" : "nowhere");
  const leads = to => (to.length > 1 && to.startsWith("#") ? found(to.slice(1)) : "away");
  const attribute = ({name, value}) => {
    if (name === "id") return name;
    if (name === "href") return `${name}=${leads(value)}`;
    if (naming.has(name)) return `${name}=${value.split(/\s+/).map(found)}`;
    if (wording.has(name) || /^(data-|hx-)/.test(name)) return name + (value.trim() ? "=words" : "");
    return `${name}=${value}`;
  };
  const state = e => [e.checked, e.selected, e.disabled, e.open, e.indeterminate, e.readOnly,
    e.type !== "hidden" && Boolean(e.value), e === document.activeElement];
  const shape = e => {
    const inside = [], seen = {};
    for (const child of e.childNodes) {
      if (child.nodeType === Node.TEXT_NODE && child.data.trim()) inside.push("words");
      if (child.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(child.tagName)) continue;
      const its = shape(child);
      seen[its] = (seen[its] || 0) + 1;
      if (seen[its] <= 2) inside.push(its);
    }
    const own = [...e.attributes].map(attribute).sort();
    return `<${[e.tagName, ...own, ...state(e)].join(" ")}>${inside.join("")}</>`;
  };
  const style = sheet => {
    const rules = [...sheet.cssRules];
    return sheet.href ? [new URL(sheet.href).pathname, rules.length] : rules.map(rule => rule.cssText);
  };
  const asked = ["prefers-color-scheme: dark", "forced-colors: active", "prefers-reduced-motion: reduce",
    "scripting: none", "pointer: coarse", "prefers-contrast: more"];
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  return JSON.stringify([
    shape(document.documentElement), new Set(ids).size === ids.length, [...document.styleSheets].map(style),
    [innerWidth, innerHeight, devicePixelRatio], asked.map(one => matchMedia(`(${one})`).matches),
  ]);
}
