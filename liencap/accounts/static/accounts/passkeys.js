// Tie allauth's passkey dialogue to the buttons that name it: data-passkey says which, data-credential the field.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, credential, alone } = button.dataset;
    const ids = { login: button.id, add: button.id, authenticate: button.id, credential, data: "js_data" };
    if (alone) ids.passwordless = alone;
    button.hidden = false;
    window.allauth.webauthn.forms[passkey]({ ids });
  }
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const box = document.getElementById("passkey-error");
  box.hidden = false;
  box.focus();
});
