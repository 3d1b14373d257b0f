// Notices on the screen: asks the browser to let them in, and sends what it answers with the page's own form.
(() => {
  const form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
  for (const part of document.querySelectorAll("[data-no-push]")) part.hidden = true;

  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const fingerprint = async (endpoint) => {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const standing = async () => {
    const { pushManager } = await navigator.serviceWorker.ready;
    const found = await pushManager.getSubscription();
    // Made for a key that is no more in use, it would never come through.
    if (found && text(found.options.applicationServerKey) !== form.dataset.push) return void await found.unsubscribe();
    return found;
  };

  const show = async () => {
    const found = await standing();
    const row = found && document.querySelector(`[data-browser="${await fingerprint(found.endpoint)}"]`);
    form.parentElement.hidden = Boolean(row);
    if (row) row.querySelector("[data-here]").hidden = false;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    said.textContent = "";
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
      const { pushManager } = await navigator.serviceWorker.ready;
      const wish = { userVisibleOnly: true, applicationServerKey: form.dataset.push };
      const { endpoint, keys } = ((await standing()) || (await pushManager.subscribe(wish))).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });

  show().catch(() => { form.parentElement.hidden = false; });
})();
