// Show what the browser can do: copy a text, print the page, offer a passkey where the device makes one.
document.addEventListener("DOMContentLoaded", async () => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      text.select();
      // The clipboard needs a secure address; an office's network may have none.
      if (navigator.clipboard) await navigator.clipboard.writeText(text.value);
      else document.execCommand("copy");
      button.querySelector("span").textContent = button.dataset.done;
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const offers = document.querySelectorAll("[data-if-passkey]");
  if (offers.length && window.PublicKeyCredential) {
    const can = await window.PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
    for (const offer of offers) offer.hidden = !can;
  }
});
