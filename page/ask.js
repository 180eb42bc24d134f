// The Ask tab in the browser. Runs once when Gradio has drawn the form; `element`
// (the form's place), `trigger` and `watch` are Gradio's. Events that are sent:
// 'ask', 'stop', 'restart', 'restore', 'feedback'; page/tabs/ask.py answers them
// with the whole chat. Links to sources need nothing of this: they open by themselves.

const side = document.getElementById("chat-side");
const chat = document.getElementById("chat");
const panel = document.getElementById("source-side");
// Gradio puts its own container before every selector, so what styles look for is in it.
const desk = document.getElementById("desk");
const form = () => element.querySelector("form.ask");
const box = () => element.querySelector("#question");
const turnsOf = () => [...chat.querySelectorAll(".turn[data-turn]")];
const keptIn = (turn) => turn.querySelector('input[name="turn"]')?.value;
let draft = ""; // what is typed, kept while the form changes its language
let place = null; // the turn that the next question replaces
let waiting = ""; // the question that is on its way
let queue = []; // questions that wait: of a link, or typed before the chat was there
let ready = false; // the server has filled the chat for the first time
let unsaved = false; // the chat is about to change in a way worth keeping
let said = ""; // what screen readers were told last

// --- Telling screen readers, and everybody for a moment -----------------------

const status = document.createElement("p");
status.id = "said";
status.className = "unseen";
status.setAttribute("role", "status");
document.body.append(status);
const tell = (text) => { status.textContent = ""; status.textContent = text; };

function toast(button, text) {
  tell(text);
  const note = document.createElement("span");
  note.className = "done";
  note.textContent = " ✓ " + text;
  button.closest("form").querySelector(".done")?.remove();
  button.closest("form").append(note);
  setTimeout(() => note.remove(), 4000);
}

// --- Asking -------------------------------------------------------------------

function filters() {
  const chosen = {};
  for (const select of element.querySelectorAll("select")) {
    if (select.value) chosen[select.name] = select.value;
  }
  return chosen;
}

function showFilters() {
  const count = Object.keys(filters()).length;
  element.querySelector(".filters .active").textContent = count ? ` (${count})` : "";
}

function pending(question) {
  const turn = document.createElement("article");
  turn.className = "turn pending";
  const title = document.createElement("h2");
  title.className = "question";
  title.textContent = question;
  const reply = document.createElement("div");
  reply.className = "reply waiting";
  reply.textContent = form().dataset.looking;
  turn.append(title, reply);
  return turn;
}

function send(question, chosen) {
  question = question.trim();
  if (!question || waiting) return;
  if (!ready) return void queue.push(question);
  waiting = question;
  const turns = chat.querySelector(".turns");
  if (place !== null) turnsOf().slice(place).forEach((turn) => turn.remove());
  chat.querySelector("#examples")?.remove();
  turns.append(pending(question));
  side.classList.add("busy", "talking");
  turns.lastElementChild.scrollIntoView({ block: "start" });
  tell(form().dataset.looking);
  trigger("ask", { question, filters: chosen, place: place ?? -1 });
  write("");
  edit(null);
  if (document.activeElement?.id === "send") box().focus(); // it makes room for "stop"
}

function write(text) {
  draft = box().value = text;
  box().style.height = "auto"; // for browsers without field-sizing
  if (!CSS.supports("field-sizing", "content")) box().style.height = box().scrollHeight + "px";
}

function edit(number, question) {
  place = number;
  element.querySelector(".editing").hidden = number === null;
  if (question !== undefined) { write(question); box().focus(); }
}

function stop() {
  const question = waiting;
  done();
  trigger("stop");
  write(question);
  box().focus();
}

function done() {
  waiting = "";
  side.classList.remove("busy");
  if (queue.length) setTimeout(() => send(queue.shift(), filters()), 0);
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  send(box().value, filters());
});
element.addEventListener("input", (event) => {
  if (event.target === box()) draft = box().value;
  else showFilters();
});
element.addEventListener("keydown", (event) => {
  if (event.target === box() && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send(box().value, filters());
  }
});

// The queue was full or the line is down: Gradio says so in a toast.
new MutationObserver(() => {
  if (waiting && document.querySelector(".toast-body.error")) {
    const question = waiting;
    chat.querySelector(".pending .reply")?.replaceChildren(form().dataset.lost);
    queue = [];
    done();
    write(question);
  }
}).observe(document.body, { childList: true, subtree: true });

// --- What the buttons of the chat and the line above it do ---------------------

const acts = {
  stop,
  cancel: () => edit(null, ""),
  clear: () => {
    element.querySelectorAll("select").forEach((select) => { select.value = ""; });
    showFilters();
  },
  new: () => {
    chatId = newId();
    sessionStorage.removeItem(KEY);
    edit(null, "");
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

// --- Sources ------------------------------------------------------------------

let opener = null; // the link whose source is shown

// On a phone the panel lies over the page; beside the chat nothing need move.
function read(link) {
  hideQuote();
  opener = link;
  mark(link);
  desk.classList.add("reading");
  if (getComputedStyle(panel).position === "fixed") panel.querySelector(".back").focus();
}

const tip = document.createElement("div");
tip.id = "quote-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
desk.append(tip);
let hiding = 0;

function showQuote(link) {
  clearTimeout(hiding);
  const quote = document.createElement("q");
  quote.lang = link.dataset.lang;
  quote.textContent = link.dataset.quote;
  const about = document.createElement("span");
  about.textContent = link.dataset.about;
  tip.replaceChildren(quote, about);
  tip.hidden = false;
  link.setAttribute("aria-describedby", tip.id);
  const at = link.getBoundingClientRect();
  const room = tip.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - room.width - 12);
  const below = at.bottom + 6;
  const fits = below + room.height < innerHeight - 6;
  tip.style.left = Math.max(12, left) + "px";
  tip.style.top = (fits ? below : at.top - room.height - 6) + "px";
}

// Beside the chat, the newest reply shows its first source by itself: the proof is
// seen before it is asked for. No entry in the history: "back" leaves the page.
function showSource(reply) {
  const { display, position } = getComputedStyle(panel);
  if (display === "none" || position === "fixed") return; // a phone
  const frame = panel.querySelector("iframe");
  const link = reply.querySelector("a.marker");
  frame.contentWindow.location.replace(link ? link.href : frame.src);
  mark(link);
}

// All numbers of the source that stands in the panel.
function mark(link) {
  for (const one of chat.querySelectorAll("a.marker")) {
    one.classList.toggle("open", one.href === link?.href);
  }
}

function hideQuote() {
  tip.hidden = true;
  chat.querySelector("[aria-describedby=quote-tip]")?.removeAttribute("aria-describedby");
}

const marker = (event) => event.target.closest?.("a.marker");
chat.addEventListener("mouseover", (event) => marker(event) && showQuote(marker(event)));
chat.addEventListener("focusin", (event) => marker(event) && showQuote(marker(event)));
chat.addEventListener("focusout", hideQuote);
chat.addEventListener("mouseout", (event) => {
  if (marker(event)) hiding = setTimeout(hideQuote, 200);
});
tip.addEventListener("mouseenter", () => clearTimeout(hiding));
tip.addEventListener("mouseleave", hideQuote);
chat.addEventListener("scroll", hideQuote);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!tip.hidden) hideQuote();
  else if (desk.classList.contains("reading")) acts.close();
});

// --- Earlier chats, in this browser only ----------------------------------------

const KEY = "reports.chats";
const MOST = 30;
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
let chatId = sessionStorage.getItem(KEY) || newId();

function chats() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept : [];
  } catch { return []; }
}

function store(kept) {
  for (let room = kept; ; room = room.slice(0, -1)) { // the oldest make room
    try { return localStorage.setItem(KEY, JSON.stringify(room)); }
    catch { if (!room.length) return; }
  }
}

function keep() {
  const turns = turnsOf().map(keptIn).filter(Boolean);
  if (!turns.length) return;
  sessionStorage.setItem(KEY, chatId);
  const title = JSON.parse(turns[0]).question;
  const others = chats().filter((one) => one.id !== chatId);
  store([{ id: chatId, at: new Date().toISOString(), title, turns }, ...others].slice(0, MOST));
  list();
}

function open(id) {
  const kept = chats().find((one) => one.id === id);
  if (!kept) return;
  chatId = id;
  sessionStorage.setItem(KEY, id);
  document.querySelector(".chats").open = false;
  trigger("restore", { turns: kept.turns });
}

function forget(id) {
  store(chats().filter((one) => one.id !== id));
  list();
  document.querySelector(".chats summary").focus();
}

function list() {
  const details = document.querySelector(".chats");
  if (!details) return;
  const kept = chats();
  const lang = document.documentElement.lang;
  const items = kept.map((one) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: one.title });
    Object.assign(button.dataset, { act: "open", chat: one.id });
    const day = document.createElement("span");
    day.textContent = new Date(one.at).toLocaleDateString(lang === "vi" ? "vi-VN" : "en-GB");
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", textContent: "×" });
    remove.setAttribute("aria-label", details.dataset.forget.replace("{title}", one.title));
    Object.assign(remove.dataset, { act: "forget", chat: one.id });
    item.append(button, day, remove);
    return item;
  });
  if (!items.length) {
    const none = document.createElement("li");
    none.textContent = details.dataset.none;
    items.push(none);
  }
  details.querySelector("ul").replaceChildren(...items);
}

// --- When the chat or the words change ------------------------------------------

function changed() {
  const turns = chat.querySelector(".turns");
  if (!turns) return;
  const talking = Boolean(turns.querySelector(".turn, .problem"));
  side.classList.toggle("talking", talking);
  const newest = turns.querySelector(".turn:last-of-type");
  if (newest?.classList.contains("pending")) return;
  if (newest && waiting) newest.scrollIntoView({ block: "start" });
  if (turns.dataset.unfinished) return;
  const reply = newest?.querySelector(".reply");
  if (waiting && reply) {
    const words = reply.querySelector(".headline, .verdict, .statement, q");
    if (words && said !== newest.textContent) tell(words.textContent);
    said = newest.textContent;
    showSource(reply);
  }
  if (waiting || unsaved) keep();
  unsaved = false;
  if (waiting) done();
  else if (!ready) {
    ready = true;
    if (queue.length) send(queue.shift(), filters());
  }
}

new MutationObserver(changed).observe(chat, { childList: true, subtree: true });

function speak() {
  if (!form()) return;
  document.documentElement.lang = form().lang;
  document.cookie = `lang=${form().lang}; max-age=31536000; samesite=lax`;
  write(draft);
  list();
}
watch("value", speak);

// The chat fills the window below what stands above it, however high that is.
const fit = () => {
  const above = Math.round(desk.getBoundingClientRect().top + scrollY);
  if (above > 0) desk.style.setProperty("--above", above + "px");
};
addEventListener("resize", fit);

// --- The first time: a link that asks, or the chat that a reload interrupted ------

function begin() {
  if (!form()) return setTimeout(begin, 30);
  speak();
  fit();
  const asked = new URLSearchParams(location.search);
  queue = asked.getAll("q").slice(0, 20);
  if (queue.length) {
    for (const select of element.querySelectorAll("select")) {
      if (asked.get(select.name)) select.value = asked.get(select.name);
    }
    showFilters();
    history.replaceState(null, "", location.pathname);
    chatId = newId();
    return trigger("restart");
  }
  if (matchMedia("(min-width: 861px)").matches) box().focus({ preventScroll: true });
  const kept = sessionStorage.getItem(KEY) && chats().find((one) => one.id === chatId);
  if (kept) open(chatId);
  else trigger("restart");
}
begin();
