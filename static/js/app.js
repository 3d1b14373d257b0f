// The site as an app: where the browser can, one page is kept for when there is no net, in the reader's language.
if ("serviceWorker" in navigator) {
  const { home, language } = document.currentScript.dataset;
  window.addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(`${home}app.js`, { scope: home });
      (await navigator.serviceWorker.ready).active.postMessage({ language });
    } catch { /* the site works as well without */ }
  });
}
