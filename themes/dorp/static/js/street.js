// Small helps on top of pages that work without any script.
(() => {
  "use strict";
  // Plus and minus beside a number field.
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (!step) return;
    const field = document.getElementById(step.dataset.for);
    if (!field) return;
    const next = (parseInt(field.value, 10) || 0) + parseInt(step.dataset.step, 10);
    const least = parseInt(field.min || "0", 10);
    const most = parseInt(field.max || "99", 10);
    field.value = Math.min(most, Math.max(least, next));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // A form is sent once, however often somebody taps.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000);
    }
  });
  // What saves itself says so when the connection is gone, and saves when it is back.
  const savedLine = () => document.getElementById("saved");
  document.addEventListener("htmx:sendError", () => {
    const line = savedLine();
    if (line) line.textContent = line.dataset.offline;
  });
  window.addEventListener("online", () => {
    savedLine()?.closest("form").dispatchEvent(new Event("input"));
  });
  // After a form came back, begin at the first field that is not right yet.
  document.querySelector("main [aria-invalid='true']")?.focus();
  // A select or field that stands for the whole form sends it when it changes.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
  });
})();
