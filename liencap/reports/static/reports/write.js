/* A saving in flight carries a newer revision back: the form waits for it before it is sent off. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-waits]") || !form.classList.contains("htmx-request")) return;
  event.preventDefault();
  const again = () => setTimeout(() => form.requestSubmit(event.submitter), 50);
  form.addEventListener("htmx:afterRequest", again, { once: true });
});
