// Passkeys: asks the device for one, or for a proof of one, and sends the answer with the page's own form.
(() => {
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-passkey-page]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const asked = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...["allowCredentials", "excludeCredentials"].reduce((lists, key) => (options[key]
      ? { ...lists, [key]: options[key].map((known) => ({ ...known, id: bytes(known.id) })) } : lists), {}),
  });

  const answered = (key) => {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    if (key.response.getTransports) response.transports = key.response.getTransports();
    const clientExtensionResults = key.getClientExtensionResults();
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults });
  };

  const create = () => {
    const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
    return navigator.credentials.create({ publicKey: asked(publicKey) });
  };

  const get = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    const { request_options: { publicKey } } = await answer.json();
    return navigator.credentials.get({ publicKey: asked(publicKey) });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[data-said]");
      said.textContent = "";
      try {
        form.elements.credential.value = answered(await { create, get }[form.dataset.passkey](form));
        form.submit();
      } catch {
        said.textContent = form.dataset.failed;
      }
    });
  }
})();
