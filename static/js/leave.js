// Who logs out is shown no more notices in this browser: it ends its own subscription too, and then logs out.
for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.hasAttribute("data-stay")) return;
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed && pressed.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
    const all = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations().catch(() => []) : [];
    const ended = all.map(async ({ pushManager }) => pushManager && (await pushManager.getSubscription())?.unsubscribe());
    // However long a push service takes, one is logged out.
    await Promise.race([Promise.allSettled(ended), new Promise((done) => setTimeout(done, 2000))]);
    form.submit();
  });
}
