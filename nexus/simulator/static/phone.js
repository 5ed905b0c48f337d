"use strict";

// The phone page: polls one conversation and draws it; every text from outside becomes a text node, never HTML.
const POLL_MS = 700;
const HIDDEN_POLL_MS = 5000;
// Shown inside the app: `customer` keeps two phones beside each other apart, `embedded` leaves the phone alone on the page.
const ASKED = new URLSearchParams(location.search);
const EMBEDDED = ASKED.has("embedded");
const KEPT = "simulator." + (/^[2-9]$/.test(ASKED.get("customer")) ? ASKED.get("customer") + "." : "");
const PHONE = /^\+[0-9]{7,15}$/;
const at = (id) => document.getElementById(id);
const state = { version: -1, key: "", lastEvent: null, sending: false };

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

async function call(method, path, body) {
  const options = { method, headers: { "X-Simulator-Request": "1" } };
  if (body) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  if (answer.status === 401) throw new Error(SAY.expired);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error.message);
  return value;
}

function person() {
  const phone = at("phone").value.replace(/[\s().-]/g, "");
  const good = PHONE.test(phone);
  at("phone-error").textContent = good ? "" : SAY.phoneBad;
  at("phone").setAttribute("aria-invalid", String(!good));
  if (!good) return null;
  return { account: at("account").value, phone, name: at("name").value.trim() || null };
}

function remember() {
  const who = person();
  if (!who) return;
  localStorage.setItem(KEPT + "phone", who.phone);
  localStorage.setItem(KEPT + "name", who.name || "");
  localStorage.setItem("simulator.account", who.account);
  poll();
}

function randomPhone() {
  const digits = crypto.getRandomValues(new Uint32Array(1))[0] % 100000000;
  return "+54911" + String(digits).padStart(8, "0");
}

async function write(message) {
  const who = person();
  if (!who) {
    showOptions(true);
    at("phone").focus();
    return false;
  }
  try {
    const sent = await call("POST", "/_sim/inbound", { ...who, ...message });
    state.lastEvent = sent.event_id;
    notice("");
  } catch (error) {
    notice(SAY.refused + error.message);
    return false;
  }
  poll();
  return true;
}

// On a narrow screen the page's left side is a panel over the chat.
function showOptions(open) {
  document.body.classList.toggle("open", open);
  at("options").setAttribute("aria-expanded", String(open));
}

function notice(text) {
  at("offline").textContent = text;
  at("offline").hidden = !text;
}

const DEMOS = {
  burst: () => {
    const who = person();
    return who && call("POST", "/_sim/burst", { ...who, texts: SAY.burstTexts, gap_seconds: 0.7 });
  },
  duplicate: () => {
    const who = person();
    return who && state.lastEvent && call("POST", "/_sim/duplicate", { account: who.account, event_id: state.lastEvent });
  },
  attack: () => write({ type: "text", text: SAY.attackText }),
  audio: () => write({ type: "audio", text: SAY.audioText }),
  image: () => write({ type: "image", text: SAY.imageText }),
  ad: () => write({ type: "text", text: SAY.adText, ad: SAY.adHeadline }),
};

async function demo(name) {
  try {
    const done = await DEMOS[name]();
    at("demo-said").textContent = done ? SAY.said[name] : SAY.said.nothing;
    if (done) showOptions(false);
  } catch (error) {
    at("demo-said").textContent = SAY.refused + error.message;
  }
  poll();
}

function ticks(bubble) {
  const marks = { sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!" };
  const element = make("span", "ticks " + bubble.status, marks[bubble.status] || "");
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", SAY.ticks[bubble.status] || bubble.status);
  return element;
}

// *bold*, _italic_, ~struck~ and `code`, as WhatsApp shows them.
function formatted(text) {
  const tags = { "*": "strong", _: "em", "~": "s", "`": "code" };
  const whole = document.createDocumentFragment();
  for (const part of text.split(/(\*[^*\n]+\*|(?<!\w)_[^_\n]+_(?!\w)|~[^~\n]+~|`[^`\n]+`)/)) {
    const tag = part.length > 2 && part[0] === part.at(-1) && tags[part[0]];
    whole.append(tag ? make(tag, "", part.slice(1, -1)) : part);
  }
  return whole;
}

function drawChoices(bubble, item, latest) {
  if (!bubble.choices.length) return;
  const box = make("div", "choices");
  if (bubble.list_button) {
    const open = make("button", "choice", "☰ " + bubble.list_button);
    open.type = "button";
    open.addEventListener("click", () => openSheet(bubble));
    box.append(open);
  } else {
    for (const choice of bubble.choices) {
      const tap = make("button", "choice", choice.title);
      tap.type = "button";
      tap.disabled = !latest;
      tap.addEventListener("click", () => write({ type: "button_reply", reply_id: choice.id, text: choice.title, quoted_wamid: bubble.wamid }));
      box.append(tap);
    }
  }
  item.append(box);
}

function openSheet(bubble) {
  at("sheet-title").textContent = bubble.list_button || SAY.choose;
  at("rows").replaceChildren(
    ...bubble.choices.map((choice) => {
      const row = make("button", "row");
      row.type = "button";
      row.append(make("strong", "", choice.title));
      if (choice.description) row.append(make("span", "", choice.description));
      row.addEventListener("click", () => {
        at("sheet").close();
        write({ type: "list_reply", reply_id: choice.id, text: choice.title, description: choice.description, quoted_wamid: bubble.wamid });
      });
      return row;
    }),
  );
  at("sheet").showModal();
}

// A file is shown where it can be; a document, or what this browser does not know, is a link that saves it.
function drawMedia(bubble, card) {
  if (!bubble.media_id) return;
  const query = new URLSearchParams({ account: at("account").value, name: bubble.filename });
  const address = "/_sim/media/" + encodeURIComponent(bubble.media_id) + "?" + query;
  const tag = { image: "img", video: "video", audio: "audio" }[bubble.type];
  const file = make(tag || "a", "file", tag ? undefined : bubble.filename || SAY.types.document);
  if (tag) file.src = address;
  else file.href = address;
  if (tag === "img") file.alt = bubble.text || SAY.types.image;
  else if (tag) {
    file.controls = true;
    file.setAttribute("aria-label", SAY.types[bubble.type]);
  }
  card.append(file);
}

function signature(bubble, latest) {
  return bubble.wamid + bubble.status + latest;
}

function drawBubble(bubble, latest) {
  const item = make("li", "message " + bubble.side);
  item.dataset.signature = signature(bubble, latest);
  const card = make("div", "bubble");
  card.append(make("span", "visually-hidden", (bubble.side === "customer" ? SAY.you : SAY.them) + ": "));
  if (SAY.types[bubble.type]) card.append(make("span", "kind", SAY.types[bubble.type]));
  drawMedia(bubble, card);
  if (bubble.text) {
    const text = make("p", "text");
    text.append(formatted(bubble.text));
    card.append(text);
  }
  if (bubble.footer) card.append(make("p", "footer", bubble.footer));
  const meta = make("span", "meta");
  const time = make("time", "", new Date(bubble.at).toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit", hour12: false }));
  time.dateTime = bubble.at;
  meta.append(time);
  if (bubble.side === "customer") meta.append(ticks(bubble));
  card.append(meta);
  item.append(card);
  drawChoices(bubble, item, latest);
  return item;
}

// Only what changed is replaced, so that a screen reader hears each message once and focus stays where it is.
function draw(chat) {
  const screen = at("screen");
  const log = at("log");
  const atEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 80;
  // Buttons stay alive until the business says something newer.
  const newest = chat.bubbles.findLastIndex((bubble) => bubble.side === "business");
  chat.bubbles.forEach((bubble, index) => {
    const old = log.children[index];
    if (old && old.dataset.signature === signature(bubble, index === newest)) return;
    const fresh = drawBubble(bubble, index === newest);
    if (old) old.replaceWith(fresh);
    else log.append(fresh);
  });
  while (log.children.length > chat.bubbles.length) log.lastElementChild.remove();
  at("empty").hidden = chat.bubbles.length > 0;
  at("chips").hidden = chat.bubbles.length > 0;
  if (atEnd) screen.scrollTop = screen.scrollHeight;
}

async function poll() {
  const who = { account: at("account").value, phone: localStorage.getItem(KEPT + "phone") || "" };
  const key = who.account + who.phone;
  const query = new URLSearchParams(who);
  try {
    const chat = await call("GET", "/_sim/chat?" + query);
    if (key !== state.key) at("log").replaceChildren();
    at("business").textContent = chat.business;
    at("initial").textContent = chat.business.slice(0, 1).toUpperCase();
    const presence = chat.typing ? SAY.typing : SAY.online;
    if (at("presence").textContent !== presence) at("presence").textContent = presence;
    at("presence").classList.toggle("typing", chat.typing);
    if (key !== state.key || chat.version !== state.version) draw(chat);
    state.key = key;
    state.version = chat.version;
    if (at("offline").textContent === SAY.offline) notice("");
  } catch (error) {
    notice(error.message === SAY.expired ? SAY.expired : SAY.offline);
  }
}

function grow() {
  const text = at("text");
  text.rows = Math.min(5, text.value.split("\n").length + Math.floor(text.value.length / 60));
}

async function submit(event) {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text || state.sending) return;
  state.sending = true;
  const sent = await write({ type: "text", text });
  state.sending = false;
  if (!sent) return;
  at("text").value = "";
  grow();
  at("screen").scrollTop = at("screen").scrollHeight;
}

function speak() {
  document.documentElement.lang = LANGUAGE;
  document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = SAY[element.dataset.word]; });
  document.querySelectorAll("[data-demo]").forEach((button) => {
    button.textContent = (EMBEDDED ? SAY.short : SAY)[button.dataset.demo];
    if (EMBEDDED) button.title = SAY[button.dataset.demo];
    button.addEventListener("click", () => demo(button.dataset.demo));
  });
  at("text").placeholder = SAY.message;
  at("send").setAttribute("aria-label", SAY.send);
  at("options").setAttribute("aria-label", SAY.options);
  at("log").setAttribute("aria-label", SAY.title);
  at("empty").textContent = SAY.empty;
  at("chips").replaceChildren(
    ...SAY.chips.map((chip) => {
      const button = make("button", "chip", chip);
      button.type = "button";
      button.addEventListener("click", () => write({ type: "text", text: chip }));
      return button;
    }),
  );
}

async function loadAccounts() {
  const accounts = await call("GET", "/_sim/accounts");
  at("account").replaceChildren(...accounts.map((account) => new Option(account.name, account.business_number)));
  const wanted = ASKED.get("account") || localStorage.getItem("simulator.account");
  if (accounts.some((account) => account.business_number === wanted)) at("account").value = wanted;
  at("account-field").hidden = accounts.length < 2;
}

// The tests stand on the phone itself, where one hand reaches them.
function embed() {
  document.body.classList.add("embedded");
  at("screen").before(at("try"));
}

async function start() {
  speak();
  if (EMBEDDED) embed();
  at("phone").value = localStorage.getItem(KEPT + "phone") || randomPhone();
  at("name").value = localStorage.getItem(KEPT + "name") || "";
  at("composer").addEventListener("submit", submit);
  at("text").addEventListener("input", grow);
  at("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  at("who").addEventListener("submit", (event) => event.preventDefault());
  at("who").addEventListener("change", remember);
  at("another").addEventListener("click", () => {
    at("phone").value = randomPhone();
    at("name").value = "";
    remember();
  });
  at("options").addEventListener("click", () => showOptions(!document.body.classList.contains("open")));
  at("sheet-close").addEventListener("click", () => at("sheet").close());
  await loadAccounts().catch((error) => notice(error.message));
  remember();
  const tick = async () => {
    await poll();
    setTimeout(tick, document.hidden ? HIDDEN_POLL_MS : POLL_MS);
  };
  tick();
}

start();
