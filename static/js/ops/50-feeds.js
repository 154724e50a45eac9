// The tab one is on is in sight, also where tabs scroll sideways on a phone.
(() => {
  const show = () => document.querySelectorAll('.tabs a[aria-current="page"]').forEach((a) => {
    const bar = a.parentElement;
    if (bar.scrollWidth > bar.clientWidth) bar.scrollLeft = a.offsetLeft - bar.offsetLeft - 24;
  });
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:after:swap", show);
})();
