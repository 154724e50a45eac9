// A description as it will look: bold, italic, lists, headings, or its HTML. The textarea below it is what is sent.
(() => {
  const COMMANDS = [["bold", "B"], ["italic", "I"], ["insertUnorderedList", "•"], ["formatBlock", "H"]];
  const enhance = (area) => {
    if (area.dataset.riched || area.readOnly) return;
    area.dataset.riched = "1";
    const names = area.dataset.rich.split("|");
    const box = document.createElement("div"), bar = document.createElement("div"), text = document.createElement("div");
    box.className = "rich"; bar.className = "richbar"; bar.setAttribute("role", "toolbar");
    text.className = "richtext"; text.contentEditable = "true"; text.setAttribute("role", "textbox"); text.setAttribute("aria-multiline", "true");
    const label = document.querySelector(`label[for="${area.id}"]`);
    if (label) text.setAttribute("aria-label", label.textContent);
    const show = () => { text.innerHTML = area.value; };
    const keep = () => { area.value = text.textContent.trim() ? text.innerHTML : ""; };
    COMMANDS.forEach(([command, sign], i) => {
      const b = document.createElement("button");
      b.type = "button"; b.textContent = sign; b.title = names[i]; b.setAttribute("aria-label", names[i]);
      b.addEventListener("mousedown", (e) => e.preventDefault());
      b.addEventListener("click", () => {
        text.focus();
        if (command === "formatBlock") {
          const now = document.queryCommandValue("formatBlock");
          document.execCommand(command, false, now === "h3" ? "p" : "h3");
        } else document.execCommand(command);
        keep();
      });
      bar.append(b);
    });
    const raw = document.createElement("button");
    raw.type = "button"; raw.className = "end"; raw.textContent = names[4]; raw.setAttribute("aria-pressed", "false");
    raw.addEventListener("click", () => {
      const on = area.hidden;
      raw.setAttribute("aria-pressed", String(on));
      area.hidden = !on; text.hidden = on;
      if (!on) show();
    });
    bar.append(raw);
    area.before(box);
    box.append(bar, text, area);
    area.hidden = true;
    let pristine = true;
    show();
    document.execCommand?.("defaultParagraphSeparator", false, "p");
    text.addEventListener("input", () => { pristine = false; keep(); });
    text.addEventListener("paste", (e) => {
      e.preventDefault();
      document.execCommand("insertText", false, e.clipboardData.getData("text/plain"));
    });
    text.addEventListener("blur", () => { if (!pristine) keep(); });
  };
  const all = () => document.querySelectorAll("textarea[data-rich]").forEach(enhance);
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:after:swap", all);
})();
