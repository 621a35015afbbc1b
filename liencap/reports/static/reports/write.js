/* A saving in flight carries a newer revision back: the form waits for it before it is sent off. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-waits]")) return;
  if (!form.classList.contains("htmx-request")) {
    form.dataset.leaving = "yes";
    return;
  }
  event.preventDefault();
  const again = () => setTimeout(() => form.requestSubmit(event.submitter), 50);
  form.addEventListener("htmx:afterRequest", again, { once: true });
});
/* Once the form itself is on its way, a saving that was still to begin would name a revision that has passed. */
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.dataset.leaving) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-leaving]")) delete form.dataset.leaving;
});
