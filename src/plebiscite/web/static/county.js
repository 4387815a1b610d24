// Single keys on the county desk. Without this script every act is a button of a form.
// Keys can be turned off, and never act while somebody types (WCAG 2.1.4).
const STORE = "county-keys";
const box = document.querySelector("[data-keys]");
let on = localStorage.getItem(STORE) !== "off";

function tell() {
  if (!box) return;
  box.hidden = false;
  box.querySelector("[data-on]").hidden = !on;
  box.querySelector("[data-off]").hidden = on;
  box.querySelector("button").setAttribute("aria-pressed", String(on));
}

box?.querySelector("button").addEventListener("click", () => {
  on = !on;
  localStorage.setItem(STORE, on ? "on" : "off");
  tell();
});

function typing(target) {
  return target instanceof HTMLInputElement
    ? !["radio", "checkbox", "submit", "button"].includes(target.type)
    : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (typing(event.target) || event.repeat) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found || found.disabled) return;
  event.preventDefault();
  if (found instanceof HTMLInputElement && found.type === "radio") {
    found.checked = true;
    found.focus();
  } else if (typing(found)) {
    found.focus();
  } else {
    found.click();
  }
});

// A line is decided once: a second press while the answer is on its way does nothing.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form")) delete form.dataset.sent;
});
tell();
