// Print and copy: buttons that appear only where a script runs.
for (const button of document.querySelectorAll("[data-print], [data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (button.hasAttribute("data-print")) return window.print();
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // the clipboard is closed to pages without TLS
    }
    button.lastElementChild.textContent = button.dataset.done;
  });
}
