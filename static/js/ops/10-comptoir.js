// Small, generic behaviour for dashboard and portal. Everything here is a convenience: each page works without it.
(() => {
  const on = (event, selector, fn) =>
    document.addEventListener(event, (e) => {
      const el = e.target instanceof Element && e.target.closest(selector);
      if (el) fn(el, e);
    });

  // htmx: the CSRF token rides in a header; a request that fails says so in a toast
  document.addEventListener("htmx:config:request", (e) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token) e.detail.ctx.request.headers["X-CSRF-Token"] = token.content;
  });
  document.addEventListener("htmx:error", () => toast(document.body.dataset.offline, true));

  const toast = (text, bad = false) => {
    const box = document.getElementById("toasts");
    if (!box || !text) return;
    const el = document.createElement("div");
    el.className = bad ? "toast bad" : "toast";
    el.setAttribute("role", bad ? "alert" : "status");
    el.textContent = text;
    box.append(el);
    setTimeout(() => el.remove(), 6000);
  };
  document.addEventListener("toast", (e) => toast(e.detail.text ?? e.detail.value, e.detail.bad));
  on("click", ".toast button", (b) => b.closest(".toast").remove());

  // [data-open="id"] opens a <dialog>; [data-close] closes the one it is in
  on("click", "[data-open]", (b, e) => { e.preventDefault(); document.getElementById(b.dataset.open)?.showModal(); });
  on("click", "[data-close]", (b, e) => { e.preventDefault(); b.closest("dialog")?.close(); });

  // the rail on a phone
  on("click", "[data-rail]", (_, e) => { e.preventDefault(); document.getElementById("rail")?.classList.toggle("open"); });
  document.addEventListener("click", (e) => {
    const rail = document.getElementById("rail");
    if (rail?.classList.contains("open") && !rail.contains(e.target) && !e.target.closest("[data-rail]")) rail.classList.remove("open");
  });

  // bulk selection: a header box ticks the page's rows; the bulk bar shows how many
  const count = (scope) => {
    const boxes = [...scope.querySelectorAll('input[name="id"]')];
    const n = boxes.filter((b) => b.checked).length;
    boxes.forEach((b) => b.closest("tr")?.classList.toggle("selected", b.checked));
    const bar = scope.querySelector("[data-bulkbar]");
    if (bar) { bar.hidden = n === 0; bar.querySelectorAll("[data-n]").forEach((el) => (el.textContent = n)); }
    const all = scope.querySelector("[data-all]");
    if (all) { all.checked = n > 0 && n === boxes.length; all.indeterminate = n > 0 && n < boxes.length; }
  };
  on("change", "[data-all]", (box) => {
    const scope = box.closest("[data-select]");
    scope.querySelectorAll('input[name="id"]').forEach((b) => (b.checked = box.checked));
    count(scope);
  });
  on("change", '[data-select] input[name="id"]', (box) => count(box.closest("[data-select]")));
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-select]").forEach(count));

  // a whole row opens what its link opens
  on("click", "tr[data-href]", (tr, e) => {
    if (e.target.closest("a,button,input,select,label,summary")) return;
    if (e.metaKey || e.ctrlKey) window.open(tr.dataset.href); else location.href = tr.dataset.href;
  });

  // submit a form when a control of it changes ([data-auto] on the control)
  on("change", "[data-auto]", (el) => el.form?.requestSubmit());

  // a button that cannot be pressed twice
  document.addEventListener("submit", (e) => {
    const b = e.submitter;
    if (b && !e.defaultPrevented && !e.target.hasAttribute("hx-post")) setTimeout(() => (b.disabled = true), 0);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("button[disabled][type=submit]").forEach((b) => (b.disabled = false)));

  // the palette holds what the rail holds
  const fill = (palette) => {
    const list = palette.querySelector("ul");
    list.replaceChildren(...[...document.querySelectorAll("#rail a.item")].map((a) => { const li = document.createElement("li"); const link = a.cloneNode(true); link.className = "rowlink"; link.querySelector("svg")?.remove(); li.append(link); return li; }));
    palette.querySelector("input").value = "";
  };

  // "/" goes to the search box, Ctrl+K to the palette
  document.addEventListener("keydown", (e) => {
    const typing = e.target.matches?.("input,textarea,select,[contenteditable]");
    if (e.key === "/" && !typing) { const s = document.querySelector('input[type="search"]'); if (s) { e.preventDefault(); s.focus(); } }
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k") { const p = document.getElementById("palette"); if (p && !p.open) { e.preventDefault(); fill(p); p.showModal(); } }
  });
  on("input", "#palette input", (input) => {
    const words = input.value.toLowerCase();
    document.querySelectorAll("#palette li").forEach((li) => (li.hidden = !li.textContent.toLowerCase().includes(words)));
  });
  on("keydown", "#palette input", (_, e) => {
    if (e.key === "Enter") { e.preventDefault(); document.querySelector("#palette li:not([hidden]) a")?.click(); }
  });
})();
