/* The shop works without this file. It swaps parts of pages instead of loading them, suggests while one types,
   enlarges pictures, and keeps a form from being sent twice. */
(() => {
  "use strict";
  const doc = document, root = doc.documentElement;
  root.classList.add("js");
  const $ = (selector, within = doc) => within.querySelector(selector);
  const $$ = (selector, within = doc) => [...within.querySelectorAll(selector)];
  const toast = (text) => { const place = $("#toast"); if (!place) return; place.textContent = text; clearTimeout(toast.timer); toast.timer = setTimeout(() => { place.textContent = ""; }, 6000); };
  const offline = () => toast($("#toast").dataset.offline);

  /* --- parts instead of pages: data-swap="#id" on a form or a link --- */
  let running = 0;
  async function swap(selector, url, options = {}, keep = {}) {
    const place = $(selector), mine = ++running;
    if (!place) { location.href = url; return; }
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { ...options, headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (mine !== running) return;
      if (!(answer.headers.get("content-type") || "").includes("text/html")) throw new Error(answer.status);
      const got = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = got.querySelector(selector) || got.body.firstElementChild;
      if (!fresh || (answer.status >= 400 && answer.status !== 422 && answer.status !== 409)) throw new Error(answer.status);
      if (answer.redirected && !options.stay && new URL(answer.url).pathname !== location.pathname && !got.querySelector(selector)) { location.href = answer.url; return; }
      const at = doc.activeElement && doc.activeElement.id;
      const node = doc.importNode(fresh, true);
      if (keep.inside) { if (fresh.matches(selector)) place.replaceChildren(...node.childNodes); else place.replaceChildren(node); place.removeAttribute("aria-busy"); } else place.replaceWith(node);
      bagFrom(node);
      wake(node);
      if (keep.push) history[keep.replace ? "replaceState" : "pushState"]({}, "", keep.push);
      const focus = $("[data-focus]", node) || (at && doc.getElementById(at));
      if (focus && !keep.inside) focus.focus({ preventScroll: focus.id === at });
      return node;
    } catch (error) { place.removeAttribute("aria-busy"); offline(); }
  }
  function bagFrom(node) {
    const now = node.querySelector && node.querySelector("#bag-now");
    const bag = $("#bag");
    if (now && bag) bag.replaceWith(doc.importNode(now.content.firstElementChild, true));
  }
  const query = (form) => { const pairs = [...new FormData(form)].filter(([, value]) => value !== ""); return new URLSearchParams(pairs).toString(); };
  function send(form, button) {
    const selector = form.dataset.swap;
    if (form.method === "get") {
      const url = form.getAttribute("action") + "?" + query(form);
      return swap(selector, url, {}, { push: url });
    }
    const data = new FormData(form, button && button.name ? button : undefined);
    return swap(selector, form.action, { method: "POST", body: new URLSearchParams(data) });
  }
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.swap && !(event.submitter && event.submitter.hasAttribute("formaction"))) { event.preventDefault(); send(form, event.submitter); return; }
    if (form.dataset.add) { event.preventDefault(); add(form); return; }
    if ("once" in form.dataset) once(form, event);
  });
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const url = link.getAttribute("href");
    swap(link.dataset.swap, url, {}, { push: url.replace(/#.*/, ""), replace: "replace" in link.dataset });
  });
  doc.addEventListener("click", async (event) => {
    const more = event.target.closest("[data-more]");
    if (!more || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    more.classList.add("busy");
    try {
      const answer = await fetch(more.href, { headers: { "HX-Request": "true" } });
      const got = new DOMParser().parseFromString(await answer.text(), "text/html");
      const tiles = $$("#tiles > *", got).map((tile) => doc.importNode(tile, true));
      if (!answer.ok || !tiles.length) throw new Error(answer.status);
      $("#tiles").append(...tiles);
      const next = $("[data-more]", got);
      if (next) { more.href = next.getAttribute("href"); more.classList.remove("busy"); } else more.remove();
      $("a", tiles[0]).focus({ preventScroll: true });
    } catch (error) { more.classList.remove("busy"); offline(); }
  });
  addEventListener("popstate", () => location.reload());
  doc.addEventListener("change", (event) => {
    const field = event.target;
    if ("auto" in field.dataset) field.form.requestSubmit();
    if (field.dataset.refresh) refresh(field);
  });
  const CARD = ["number", "expiry", "cvc"];
  /* another country: costs and dates come anew, and whatever is typed meanwhile stays (the card is not even sent) */
  async function refresh(field) {
    const form = field.form, data = new FormData(form);
    CARD.forEach((name) => data.delete(name));
    const node = await swap("#" + form.id, field.dataset.refresh, { method: "POST", body: new URLSearchParams(data) });
    if (node) $$("input:not([type=hidden]), textarea", form).forEach((typed) => { if (node.elements[typed.name]) node.elements[typed.name].value = typed.value; });
  }
  /* Enter in a field of the checkout goes on to the next one: nobody orders by accident */
  doc.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !field.form || field.form.id !== "checkout" || field.tagName !== "INPUT") return;
    event.preventDefault();
    const all = $$("input:not([type=hidden]), select, .oblige button", field.form);
    (all[all.indexOf(field) + 1] || field).focus();
  });

  /* --- one submission; a way back when the page is shown again from the cache --- */
  function once(form, event) {
    if (form.dataset.sent) { event.preventDefault(); return; }
    const button = event.submitter;
    if (button && button.hasAttribute("formaction")) return;
    form.dataset.sent = "1";
    if (button) { button.classList.add("busy"); if (button.dataset.busy) { button.dataset.words = button.textContent; button.textContent = button.dataset.busy; } }
  }
  addEventListener("pageshow", () => $$("[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    $$(".busy", form).forEach((button) => { button.classList.remove("busy"); if (button.dataset.words) button.textContent = button.dataset.words; });
  }));

  /* --- into the cart, without leaving the article --- */
  async function add(form) {
    const button = $("button", form);
    button.classList.add("busy");
    const node = await swap("#added", form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), stay: true }, { inside: true });
    button.classList.remove("busy");
    const place = $("#added");
    if (node && place) { place.hidden = false; place.focus({ preventScroll: true }); place.scrollIntoView({ block: "nearest" }); }
  }

  /* --- a stepper around a number --- */
  doc.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (!step) return;
    const input = $("input", step.closest("[data-stepper]"));
    input.value = Math.min(Number(input.max) || 99, Math.max(0, (Number(input.value) || 0) + Number(step.dataset.step)));
    clearTimeout(input.wait);
    input.wait = setTimeout(() => input.form.requestSubmit(), 350);
  });

  /* --- suggestions while typing --- */
  let typing, asked = 0;
  doc.addEventListener("input", (event) => {
    const form = event.target.closest("[data-suggest]");
    if (!form || event.target.name !== "q") return;
    clearTimeout(typing);
    const words = event.target.value.trim(), place = $(".suggestions", form), mine = ++asked;
    if (words.length < 2) { place.hidden = true; return; }
    typing = setTimeout(async () => {
      try {
        const answer = await fetch(form.dataset.suggest + "?q=" + encodeURIComponent(words), { headers: { "HX-Request": "true" } });
        if (!answer.ok || mine !== asked) return;
        const got = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...got.body.childNodes);
        place.hidden = false;
      } catch (error) { place.hidden = true; }
    }, 160);
  });
  doc.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("[data-suggest]");
    if (!form) return;
    const place = $(".suggestions", form), links = $$("a", place), at = links.indexOf(doc.activeElement);
    if (event.key === "Escape") { place.hidden = true; $("input[name=q]", form).focus(); }
    if (place.hidden || !links.length || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] || (next < 0 ? $("input[name=q]", form) : links[0])).focus();
  });
  doc.addEventListener("focusout", (event) => {
    const form = event.target.closest && event.target.closest("[data-suggest]");
    if (form && !form.contains(event.relatedTarget)) setTimeout(() => { if (!form.contains(doc.activeElement)) $(".suggestions", form).hidden = true; }, 150);
  });

  /* --- pictures: the strip moves the frames, a click enlarges --- */
  let light;
  function enlarge(links, index) {
    if (!light) {
      light = doc.createElement("dialog"); light.className = "light";
      const words = $("[data-gallery]").dataset;
      const make = (name, label, text) => { const b = doc.createElement("button"); b.type = "button"; b.className = name; b.setAttribute("aria-label", label); b.textContent = text; light.append(b); return b; };
      light.append(doc.createElement("img"));
      make("shut", words.close, "×").onclick = () => light.close();
      make("prev", words.previous, "‹").onclick = () => light.show_at(light.at - 1);
      make("next", words.next, "›").onclick = () => light.show_at(light.at + 1);
      $("img", light).onclick = () => light.close();
      light.addEventListener("keydown", (event) => { if (event.key === "ArrowLeft") light.show_at(light.at - 1); if (event.key === "ArrowRight") light.show_at(light.at + 1); });
      doc.body.append(light);
    }
    light.show_at = (n) => {
      light.at = (n + links.length) % links.length;
      const image = $("img", light);
      image.src = links[light.at].href; image.alt = $("img", links[light.at]).alt;
    };
    $$(".prev, .next", light).forEach((b) => { b.hidden = links.length < 2; });
    light.show_at(index);
    light.showModal();
  }
  doc.addEventListener("click", (event) => {
    const frame = event.target.closest("a.frame");
    if (frame && !event.metaKey && !event.ctrlKey) { event.preventDefault(); const all = $$("a.frame", frame.closest("[data-gallery]")); enlarge(all, all.indexOf(frame)); return; }
    const thumb = event.target.closest(".strip a");
    if (!thumb) return;
    const target = $(thumb.getAttribute("href"));
    if (!target) return;
    event.preventDefault();
    target.parentElement.scrollTo({ left: target.offsetLeft - target.parentElement.offsetLeft, behavior: "smooth" });
    $$(".strip a").forEach((a) => a.toggleAttribute("aria-current", false));
    thumb.setAttribute("aria-current", "true");
  });

  /* --- a card number in groups of four, a date with its stroke --- */
  doc.addEventListener("input", (event) => {
    const field = event.target;
    if (field.name === "number" && field.autocomplete === "cc-number") {
      const end = field.selectionStart === field.value.length;
      if (end) field.value = field.value.replace(/\D/g, "").slice(0, 19).replace(/(.{4})(?=.)/g, "$1 ");
    }
    if (field.name === "expiry" && event.inputType && event.inputType.startsWith("insert")) {
      const digits = field.value.replace(/\D/g, "").slice(0, 4);
      if (digits.length >= 2 && !field.value.includes("/")) field.value = digits.slice(0, 2) + "/" + digits.slice(2);
    }
    if (field.getAttribute("aria-invalid")) field.removeAttribute("aria-invalid");
  });

  /* --- what a fresh part of a page needs --- */
  function wake(within) {
    $$("[data-step]", within).forEach((button) => { button.hidden = false; });
    if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60em)").matches) $$("details.filter-sheet", within).forEach((sheet) => { sheet.open = true; });
  }
  wake(doc);
  const first = $("#problems");
  if (first) first.focus();
  doc.addEventListener("click", (event) => { $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }); });
})();
