// The preview follows the fields while they are changed; without this the button "Preview" does the same.
const sheet = document.querySelector("[data-preview]");
const refusal = document.querySelector("[data-refusal]");
const accent = document.querySelector("[name=accent]");

async function look() {
  const font = document.querySelector("[name=font]:checked");
  const asked = new URLSearchParams({ accent: accent.value, font: font ? font.value : "" });
  const address = `${sheet.dataset.preview}?${asked}`;
  const answer = await fetch(address);
  if (accent.value !== asked.get("accent")) return; // something else was chosen meanwhile
  refusal.hidden = answer.ok;
  refusal.textContent = answer.ok ? "" : await answer.text();
  if (answer.ok) sheet.href = address;
}

let waiting;
for (const field of document.querySelectorAll("[name=accent], [name=font]")) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
}
refusal.setAttribute("role", "status");
