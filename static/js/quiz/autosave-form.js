/* <autosave-form>: saves each answer as soon as it changes, and says so. What cannot be saved now
   is kept in this browser and sent again until it is. Without it, the form's buttons save. */
import { mark, show } from "./answered.js";
import { entries, forget, keep, uuid } from "./outbox.js";

const TYPING = 500;
const LONGEST_WAIT = 30_000;
const PATIENCE = 15_000;

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = document.querySelector("[data-saved]");
    this.client = uuid();
    this.seq = 0;
    this.wait = 1000;
    this.token = this.form.elements.csrfmiddlewaretoken.value;
    this.typing = new Map();
    this.takeUp();
    this.form.addEventListener("input", (event) => this.changed(event, TYPING));
    this.form.addEventListener("change", (event) => this.changed(event, 0));
    this.form.addEventListener("submit", () => this.hand());
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.leave());
    addEventListener("quiz-time-over", () => this.leave());
    document.addEventListener("visibilitychange", () =>
      document.visibilityState === "hidden" ? this.leave() : this.flush(),
    );
    this.flush();
  }

  get sections() {
    return [...this.form.querySelectorAll("[data-item]:not([data-checked])")];
  }

  section(item) {
    return this.sections.find((section) => section.dataset.item === item);
  }

  // What an earlier page of this browser could not save: show it again, it is sent now.
  takeUp() {
    for (const entry of entries(this.dataset.user, this.dataset.attempt)) {
      const section = this.section(entry.item);
      if (section) fill(section, entry.fields);
    }
  }

  changed(event, delay) {
    const section = event.target.closest("[data-item]");
    if (!section || section.dataset.checked !== undefined) return;
    clearTimeout(this.typing.get(section));
    const waits = delay && !/^(radio|checkbox|select-one)$/.test(event.target.type);
    this.typing.set(section, setTimeout(() => this.note(section), waits ? delay : 0));
  }

  // Put the section's answer into the outbox; it goes out at once.
  note(section) {
    this.pack(section);
    this.say(this.dataset.saving);
    this.flush();
  }

  pack(section) {
    clearTimeout(this.typing.get(section));
    this.typing.delete(section);
    const { item, prefix, url } = section.dataset;
    const { user, attempt } = this.dataset;
    for (const older of entries(user, attempt)) {
      if (older.item === item && older.client !== this.client) forget(older);
    }
    this.seq += 1;
    const fields = fieldsOf(section);
    const seen = Number(this.form.elements[`${prefix}seen`]?.value ?? 0);
    const base = { user, attempt, item, url, fields, seen, at: Date.now() };
    keep({ ...base, client: this.client, seq: this.seq, key: uuid() });
  }

  noteAll() {
    for (const section of [...this.typing.keys()]) this.note(section);
  }

  // The form itself goes out: it is the newest of what this page has sent. Its answers stay in the
  // outbox, too: the form may meet a cut connection or an ended session.
  hand() {
    for (const section of [...this.typing.keys()]) this.pack(section);
    for (const entry of entries(this.dataset.user, this.dataset.attempt)) {
      if (entry.client === this.client) keep({ ...entry, handed: true });
    }
    this.seq += 1;
    for (const [name, value] of [["client", this.client], ["seq", this.seq]]) {
      const input = this.form.elements[name] ?? this.form.appendChild(hidden(name));
      input.value = value;
    }
  }

  leave() {
    this.noteAll();
    if (this.dataset.conflict) return;
    for (const entry of entries(this.dataset.user, this.dataset.attempt)) {
      this.put(entry, { keepalive: true }).then(
        (response) => response.ok && forget(entry),
        () => {},
      );
    }
  }

  async flush() {
    if (this.busy || this.dataset.conflict) return;
    this.busy = true;
    clearTimeout(this.timer);
    let again = false;
    try {
      let entry;
      while (!again && !this.dataset.conflict && (entry = this.next())) {
        again = !(await this.send(entry));
      }
    } finally {
      this.busy = false;
    }
    if (again) {
      this.timer = setTimeout(() => this.flush(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    } else {
      this.wait = 1000;
    }
  }

  next() {
    return entries(this.dataset.user, this.dataset.attempt)[0];
  }

  put(entry, more = {}) {
    const { fields, seen, client, seq, key } = entry;
    return fetch(entry.url, {
      method: "PUT",
      body: JSON.stringify({ fields, seen, client, seq, key }),
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.token,
      },
      ...more,
    });
  }

  // Send one entry. True: it is done with; false: it has to be sent again.
  async send(entry) {
    let response;
    let told = {};
    try {
      response = await this.put(entry, { signal: AbortSignal.timeout(PATIENCE) });
      told = await response.json().catch(() => ({}));
    } catch {
      this.say(this.dataset.waiting);
      return false;
    }
    if (response.status === 200 && told.saved_at !== undefined) return this.acknowledged(entry, told);
    if (response.status === 401 || response.status === 403) return this.renew();
    if (response.status === 409 && told.error === "newer") return this.conflict(entry, told);
    if ([400, 404, 409, 413].includes(response.status)) return this.refused(entry, response, told);
    this.say(this.dataset.waiting);
    return false;
  }

  acknowledged(entry, told) {
    forget(entry);
    const section = this.section(entry.item);
    if (section) {
      this.form.elements[`${section.dataset.prefix}seen`].value = told.sequence;
      mark(section, told.is_answered);
    } else {
      this.recount();
    }
    if (told.saved_words) this.say(`${this.dataset.saved} ${told.saved_words}`);
    return true;
  }

  // An answer of another page was saved: only the server knows how many there are now.
  async recount() {
    try {
      const response = await fetch(this.dataset.stateUrl, { credentials: "same-origin" });
      if (response.ok) show((await response.json()).answered);
    } catch {
      // The count stays as it was; the next page has it right.
    }
  }

  refused(entry, response, told) {
    forget(entry);
    // The form has turned the page, so it brought this answer.
    if (entry.handed && told.error === "out_of_order") return true;
    if (told.error === "bad_answer") this.say(`${this.dataset.bad} ${told.words}`);
    else if (response.status !== 404) this.say(this.dataset.closed);
    return true;
  }

  // The session has ended, or began anew elsewhere: ask for the token that holds now.
  async renew() {
    try {
      const response = await fetch(this.dataset.stateUrl, { credentials: "same-origin" });
      if (response.ok) {
        this.token = (await response.json()).token;
        this.form.elements.csrfmiddlewaretoken.value = this.token;
      } else {
        this.say(this.dataset.signedOut);
      }
    } catch {
      this.say(this.dataset.waiting);
    }
    return false;
  }

  // Another page has saved something else since. Nothing is overwritten; the person decides.
  conflict(entry, told) {
    this.dataset.conflict = "yes";
    const box = document.createElement("div");
    box.className = "notice notice--warning stack stack--s";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = this.dataset.newer;
    const saved = document.createElement("p");
    saved.textContent = told.words;
    const buttons = document.createElement("p");
    buttons.className = "cluster";
    const decide = (deed) => () => {
      delete this.dataset.conflict;
      box.remove();
      deed();
      this.flush();
    };
    const mine = decide(() => {
      forget(entry);
      this.seq += 1;
      const again = { client: this.client, seq: this.seq, key: uuid() };
      keep({ ...entry, ...again, seen: told.sequence });
    });
    const theirs = decide(() => {
      forget(entry);
      const section = this.section(entry.item);
      if (!section) return;
      fill(section, told.value);
      mark(section, told.is_answered);
      this.form.elements[`${section.dataset.prefix}seen`].value = told.sequence;
    });
    buttons.append(button(this.dataset.mine, mine), button(this.dataset.theirs, theirs));
    box.append(words, saved, buttons);
    this.form.before(box);
    this.say(this.dataset.newer);
    return true;
  }

  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }
}

function hidden(name) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  return input;
}

function button(words, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", deed);
  return made;
}

function controls(section) {
  const { prefix } = section.dataset;
  return [...section.querySelectorAll("input, select, textarea")].filter(
    (control) =>
      control.name.startsWith(prefix) && control.name !== `${prefix}seen` && !control.disabled,
  );
}

function fieldsOf(section) {
  const { prefix } = section.dataset;
  return controls(section)
    .filter((control) => !/^(radio|checkbox)$/.test(control.type) || control.checked)
    .map((control) => [control.name.slice(prefix.length), control.value]);
}

function fill(section, fields) {
  const { prefix } = section.dataset;
  const left = fields.map(([name, value]) => [`${prefix}${name}`, value]);
  for (const control of controls(section)) {
    const place = left.findIndex(([name, value]) =>
      /^(radio|checkbox)$/.test(control.type)
        ? name === control.name && value === control.value
        : name === control.name,
    );
    if (/^(radio|checkbox)$/.test(control.type)) control.checked = place >= 0;
    else control.value = place >= 0 ? left[place][1] : "";
    if (place >= 0) left.splice(place, 1);
  }
}

customElements.define("autosave-form", AutosaveForm);
