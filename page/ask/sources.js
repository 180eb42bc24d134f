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
// seen before it is asked for; without one, the reports that can be asked. No entry
// in the history: "back" leaves the page.
function showSource(reply) {
  const { display, position } = getComputedStyle(panel);
  if (display === "none" || position === "fixed") return; // a phone
  const frame = panel.querySelector("iframe");
  const link = reply?.querySelector("a.marker");
  frame.contentWindow.location.replace(link ? link.href : frame.src);
  mark(link);
}

function showNewest() {
  const reply = chat.querySelector(".turn:last-of-type .reply");
  if (reply) showSource(reply);
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

// From the report, too, Escape leads back to the number that it was opened by.
function escape(event) {
  if (event.key !== "Escape") return;
  if (!tip.hidden) hideQuote();
  else if (desk.classList.contains("reading")) acts.close();
  else if (event.view !== window) chat.querySelector("a.marker.open")?.focus();
}
document.addEventListener("keydown", escape);
panel.addEventListener("load", (event) => {
  event.target.contentWindow?.addEventListener("keydown", escape);
}, true);
