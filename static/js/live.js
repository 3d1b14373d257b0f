// Live parts poll only while somebody can see them, and never take the focus from what is being written.
document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = (event.detail.elt.getAttribute("hx-trigger") || "").startsWith("every");
  if (polls && (document.hidden || event.detail.target.contains(document.activeElement))) event.preventDefault();
});
