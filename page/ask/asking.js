// --- Asking -------------------------------------------------------------------

function filters() {
  const chosen = {};
  for (const select of element.querySelectorAll("select")) {
    if (select.value) chosen[select.name] = select.value;
  }
  return chosen;
}

function choose(chosen) {
  for (const select of element.querySelectorAll("select")) {
    select.value = chosen[select.name] ?? "";
    if (select.selectedIndex < 0) select.value = ""; // no longer offered
  }
  showFilters();
}

function showFilters() {
  narrowed = filters();
  const count = Object.keys(narrowed).length;
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
  const turns = chat.querySelector(".turns");
  if (place !== null) turnsOf().slice(place).forEach((turn) => turn.remove());
  waiting = { question, place, stay: turnsOf().length };
  stopped = null;
  chat.querySelector("#examples")?.remove();
  turns.append(pending(question));
  side.classList.add("busy", "talking");
  turns.lastElementChild.scrollIntoView({ block: "start" });
  tell(form().dataset.looking);
  const sent = { question, filters: chosen, place: place ?? -1 };
  asking = setTimeout(() => trigger("ask", sent), Math.max(0, over + REST - performance.now()));
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
  if (!waiting) return;
  clearTimeout(asking);
  stopped = waiting;
  done();
  trigger("stop");
  edit(stopped.place, stopped.question);
}

// The answer was faster than the reader who stopped it: it stays, nothing is asked anew.
function faster(newest) {
  const was = stopped;
  stopped = null;
  const turn = newest && keptIn(newest);
  if (turnsOf().length <= was.stay || !turn) return false;
  if (JSON.parse(turn).question !== was.question) return false;
  if (box().value === was.question) edit(null, "");
  return true;
}

function done() {
  waiting = null;
  over = performance.now();
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
    const { question } = waiting;
    chat.querySelector(".pending .reply")?.replaceChildren(form().dataset.lost);
    queue = [];
    done();
    write(question);
  }
}).observe(document.body, { childList: true, subtree: true });
