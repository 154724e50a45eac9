// Catalogue tables: the dock of bulk actions follows the ticks, "all that match" ticks the page; Escape leaves an inline edit.
(() => {
  const said = new WeakMap();
  const dock = (scope) => {
    const bar = scope.querySelector("[data-dock]");
    if (!bar) return;
    const boxes = [...scope.querySelectorAll('input[name="id"]')];
    const all = bar.querySelector("[data-everything]");
    const n = boxes.filter((b) => b.checked).length;
    bar.hidden = n === 0 && !all?.checked;
    const count = bar.querySelector("[data-n]");
    count.textContent = all?.checked ? all.dataset.total : n;
    count.parentElement.hidden = false;
    boxes.forEach((b) => b.closest("tr")?.classList.toggle("selected", b.checked));
    said.set(scope, n);
  };
  const every = () => document.querySelectorAll("[data-select]").forEach(dock);
  document.addEventListener("DOMContentLoaded", () => { document.documentElement.classList.add("js"); every(); });
  document.addEventListener("htmx:after:swap", every);
  window.addEventListener("pageshow", every);
  document.addEventListener("change", (e) => {
    const scope = e.target.closest?.("[data-select]");
    if (!scope) return;
    if (e.target.matches("[data-everything]")) scope.querySelectorAll('input[name="id"]').forEach((b) => (b.checked = e.target.checked));
    else if (e.target.name === "id" && !e.target.checked) { const all = scope.querySelector("[data-everything]"); if (all) all.checked = false; }
    setTimeout(() => dock(scope), 0);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") e.target.closest?.("form[data-inline]")?.querySelector("[data-leave]")?.click();
  });
})();
// A small menu closes when one looks elsewhere.
document.addEventListener("click", (e) => {
  document.querySelectorAll("details.menu[open]").forEach((m) => { if (!m.contains(e.target)) m.open = false; });
});
// An inline edit that has just opened, or was refused, takes the focus: a price is selected, a text continued at its end.
document.addEventListener("htmx:after:swap", () => {
  const input = document.querySelector("form[data-inline] .input");
  if (!input || document.activeElement === input) return;
  input.focus();
  if (input.name === "price") input.select(); else input.setSelectionRange(input.value.length, input.value.length);
});
