// The tab one is on is in sight, also where tabs scroll sideways on a phone.
(() => {
  const show = () => document.querySelectorAll('.tabs a[aria-current="page"]').forEach((a) => {
    const bar = a.parentElement;
    if (bar.scrollWidth > bar.clientWidth) bar.scrollLeft = a.offsetLeft - bar.offsetLeft - 24;
  });
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:after:swap", show);
})();
// [data-filter="selector"]: a search box that hides what does not hold its words. [data-hints]: a select that tells its option's hint.
(() => {
  document.addEventListener("input", (e) => {
    const box = e.target.closest?.("[data-filter]");
    if (!box) return;
    const words = box.value.toLowerCase().trim();
    document.querySelectorAll(box.dataset.filter).forEach((el) => (el.hidden = !!words && !el.textContent.toLowerCase().includes(words)));
    if (words) document.querySelectorAll("details.unusedcols").forEach((d) => (d.open = true));
  });
  document.addEventListener("change", (e) => {
    const select = e.target.closest?.("select[data-hints]");
    if (!select) return;
    const hint = select.parentElement.querySelector("[data-hint-for]");
    if (hint) hint.textContent = select.selectedOptions[0]?.dataset.hint ?? "";
    select.closest(".col")?.classList.toggle("unused", !select.value);
  });
})();
