// --- Earlier chats, in this browser only ----------------------------------------

const MOST = 30;
// Each user of a shared computer has chats of their own.
const key = () => ["reports.chats", form().dataset.user].filter(Boolean).join(".");
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
let chatId = newId();
let keptAt; // when this tab last saw its chat in the browser's memory

// A browser may forbid its memory, even to look at it; then nothing is remembered.
function memory(area, act) {
  try { return act(window[area]); } catch { return null; }
}

function takeUp(id) {
  chatId = id;
  keptAt = chats().find((one) => one.id === id)?.at;
  memory("sessionStorage", (tab) => tab.setItem(key(), id));
}

function chats() {
  const kept = memory("localStorage", (all) => JSON.parse(all.getItem(key())));
  return Array.isArray(kept) ? kept.filter((one) => Array.isArray(one?.turns)) : [];
}

function store(kept) {
  const put = (room) => memory("localStorage", (all) => {
    all.setItem(key(), JSON.stringify(room));
    return true;
  });
  let room = kept;
  while (!put(room) && room.length) room = room.slice(0, -1); // the oldest make room
}

function keep() {
  const turns = turnsOf().map(keptIn).filter(Boolean);
  if (!turns.length) return;
  // A tab that was duplicated has gone on with the same chat: from here there are two.
  if (chats().find((one) => one.id === chatId)?.at !== keptAt) chatId = newId();
  const title = JSON.parse(turns[0]).question;
  const others = chats().filter((one) => one.id !== chatId);
  store([{ id: chatId, at: new Date().toISOString(), title, turns }, ...others].slice(0, MOST));
  takeUp(chatId);
  list();
}

function open(id) {
  const kept = chats().find((one) => one.id === id);
  if (!kept) return;
  takeUp(id);
  document.querySelector(".chats").open = false;
  returning = true;
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

addEventListener("storage", () => form() && list()); // another tab went on
