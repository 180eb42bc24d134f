// The Ask tab in the browser. The files of this folder are one script, in the order
// that page/tabs/ask.py names them. It runs once when Gradio has drawn the form;
// `element` (the form's place), `trigger` and `watch` are Gradio's. Events that are
// sent: 'ask', 'stop', 'restart', 'restore', 'feedback'; page/tabs/ask.py answers them
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
let narrowed = {}; // the filters, kept likewise
let place = null; // the turn that the next question replaces
let waiting = null; // what is on its way: question, place, how many turns stay
// Gradio counts an event as over a moment after its answer is whole, and closes the
// line then: a question sent in that moment would never hear its answer.
const REST = 400; // ms between an answer and the next question
let over = 0; // when the last answer was whole
let asking = 0; // the timer of a question that is about to be sent
let stopped = null; // what was on its way when the reader stopped it
let returning = false; // a kept chat is about to be shown again
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
