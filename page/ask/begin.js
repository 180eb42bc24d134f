// --- When the chat or the words change ------------------------------------------

let spoken = ""; // the language that the chat was last in

function announce(turn) {
  const words = turn?.querySelector(".reply")?.querySelector(".headline, .verdict, .statement, q");
  if (words && said !== turn.textContent) tell(words.textContent);
  said = turn?.textContent;
}

function changed() {
  const turns = chat.querySelector(".turns");
  if (!turns) return;
  const talking = Boolean(turns.querySelector(".turn, .problem"));
  side.classList.toggle("talking", talking);
  const newest = turns.querySelector(".turn:last-of-type");
  if (newest?.classList.contains("pending")) return;
  if (newest && (waiting || returning)) newest.scrollIntoView({ block: "start" });
  if (turns.dataset.unfinished) return;
  const came = waiting || (stopped && faster(newest));
  if (came || returning) announce(newest);
  if (came || returning || turns.lang !== spoken) showNewest();
  spoken = turns.lang;
  returning = false;
  if (came || unsaved) keep();
  unsaved = false;
  if (waiting) done();
  else if (!ready) {
    ready = true;
    over = performance.now();
    if (queue.length) send(queue.shift(), filters());
  }
}

new MutationObserver(changed).observe(chat, { childList: true, subtree: true });
// Another language is another frame, which opens at the list of reports.
new MutationObserver(showNewest).observe(panel, { childList: true, subtree: true });

function speak() {
  if (!form()) return;
  document.documentElement.lang = form().lang;
  document.title = form().dataset.title;
  document.cookie = `lang=${form().lang}; max-age=31536000; samesite=lax`;
  write(draft);
  choose(narrowed);
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
    choose(Object.fromEntries(asked));
    history.replaceState(null, "", location.pathname);
    return trigger("restart");
  }
  if (matchMedia("(min-width: 861px)").matches) box().focus({ preventScroll: true });
  const last = memory("sessionStorage", (tab) => tab.getItem(key()));
  if (chats().some((one) => one.id === last)) open(last);
  else trigger("restart");
}
begin();
