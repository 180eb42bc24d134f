// --- What the buttons of the chat and the line above it do ---------------------

const acts = {
  stop,
  cancel: () => edit(null, ""),
  clear: () => choose({}),
  new: () => {
    takeUp(newId());
    edit(null, "");
    showSource(null);
    trigger("restart");
  },
  retry: (button) => {
    const turn = button.closest(".turn");
    const asked = JSON.parse(keptIn(turn));
    place = Number(turn.dataset.turn);
    send(asked.question, asFilters(asked.filters));
  },
  edit: (button) => {
    const turn = button.closest(".turn");
    edit(Number(turn.dataset.turn), JSON.parse(keptIn(turn)).question);
  },
  copy: async (button) => {
    const body = new URLSearchParams(new FormData(button.form));
    const reply = await fetch("take.txt", { method: "POST", body });
    if (reply.ok && await copy(await reply.text())) toast(button, form().dataset.copied);
  },
  link: async (link) => {
    if (await copy(link.href)) toast(link, form().dataset.linked);
  },
  close: () => {
    desk.classList.remove("reading");
    opener?.focus();
    hideQuote(); // it was just read
  },
  open: (button) => open(button.dataset.chat),
  forget: (button) => forget(button.dataset.chat),
};

const asFilters = (kept) => Object.fromEntries(Object.entries({
  period: kept.period, publisher: kept.publisher, language: kept.language, report: kept.reports,
}).filter(([, value]) => value && value.length));

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // a page without https on another computer may not use the clipboard
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

desk.addEventListener("click", (event) => {
  const example = event.target.closest("[data-ask]");
  if (example) return send(example.dataset.ask, filters());
  const source = event.target.closest("a[target=source]");
  if (source) return read(source);
  const button = event.target.closest("[data-act]");
  if (!button || !acts[button.dataset.act]) return;
  event.preventDefault();
  acts[button.dataset.act](button);
});

// What folds out at the foot of a reply would stay below the edge, unseen.
chat.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.scrollIntoView({ block: "nearest" });
}, true);

chat.addEventListener("submit", (event) => {
  if (event.target.dataset.act !== "feedback") return; // Word and CSV are ordinary forms
  event.preventDefault();
  const given = new FormData(event.target);
  unsaved = true;
  trigger("feedback", {
    turn: Number(event.target.closest(".turn").dataset.turn),
    verdict: given.get("verdict"),
    comment: given.get("comment"),
  });
});
