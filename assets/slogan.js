/* The slogan page, loaded by app.js where a page asks for it: counts words as somebody types, keeps the draft.
   Counting is the rule of cchc_app/contest/slogans.py; both are held to one table and to generated texts. Nothing is
   asked of the server while somebody types: one event saves the draft after a pause. */
(() => {
  "use strict";
  const WHITE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;
  const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
  const normalise = (text) =>
    text.replace(INVISIBLE, "").replace(WHITE, " ").normalize("NFC").split(" ").filter(Boolean).join(" ");
  const tokens = (text) => normalise(text).split(" ").filter((token) => /[\p{L}\p{N}]/u.test(token));

  if (typeof module === "object" && module.exports) {
    module.exports = { normalise, tokens };
    return;
  }
  window.cchcSlogan = { normalise, tokens };

  const IDLE = 2000, LAST_MOMENT = 5000, PATIENCE = 30_000, MOST_CHIPS = 60;
  const TAB = Math.random().toString(36).slice(2, 10);
  const FIELDS = ["text", "explanation", "author", "author_public"];
  const write = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const setValue = (field, value) => {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.value !== value) field.value = value;
  };

  class Editor {
    constructor(root) {
      this.root = root;
      this.part = (name) => root.querySelector(`[data-slogan="${name}"]`);
      this.fields = Object.fromEntries(FIELDS.map((name) => [name, root.querySelector(`[data-slogan-field="${name}"]`)]));
      [this.fewest, this.most, this.explanationMost] = root.dataset.limits.split("|").map(Number);
      this.base = Number(root.dataset.revision); // the revision that what is in the fields was written on
      this.stored = this.defaults();
      this.sent = new Map();
      this.serial = 0;
      root.dataset.saved = "clean";
      this.rescue();
      this.draw();
      this.show();
    }

    values() {
      return Object.fromEntries(FIELDS.map((name) => {
        const field = this.fields[name];
        return [name, field.type === "checkbox" ? (field.checked ? "on" : "") : field.value];
      }));
    }

    /* What the server says is stored. */
    defaults() {
      return Object.fromEntries(FIELDS.map((name) => {
        const field = this.fields[name];
        return [name, field.type === "checkbox" ? (field.defaultChecked ? "on" : "") : field.defaultValue];
      }));
    }

    put(values) {
      for (const name of FIELDS) setValue(this.fields[name], values[name]);
      this.draw();
    }

    get dirty() { return JSON.stringify(this.values()) !== JSON.stringify(this.stored); }
    get shut() { return this.root.dataset.open !== "1" || this.root.dataset.passed === "1"; }

    /* Counter, bar, chips, preview */
    draw() {
      const text = this.fields.text.value;
      const words = tokens(text), count = words.length;
      const verdict = !count ? "empty" : count < this.fewest ? "short" : count > this.most ? "long" : "right";
      const [short, right, long] = this.root.dataset.verdicts.split("|");
      const sentence = { empty: "", short: short.replace("#", this.fewest - count), right,
        long: long.replace("#", count - this.most) }[verdict];
      write(this.part("count"), String(count));
      write(this.part("verdict"), sentence);
      const scale = this.most * 1.5;
      const bar = this.part("bar");
      bar.style.setProperty("--from", `${(this.fewest / scale) * 100}%`);
      bar.style.setProperty("--to", `${(this.most / scale) * 100}%`);
      bar.style.setProperty("--at", `${(Math.min(count, scale) / scale) * 100}%`);
      this.drawChips(words);
      write(this.part("preview"), normalise(text));
      this.drawExplanation();
      if (this.root.dataset.verdict !== verdict) {
        // Said at thresholds only: a screen reader that speaks with every word cannot be typed under.
        if (this.root.dataset.verdict) write(this.part("live"), sentence);
        this.root.dataset.verdict = verdict;
      }
    }

    drawChips(words) {
      const list = this.part("chips");
      const shown = words.length > MOST_CHIPS ? [...words.slice(0, MOST_CHIPS), "…"] : words;
      while (list.children.length > shown.length) list.lastChild.remove();
      shown.forEach((word, index) => {
        const chip = list.children[index] ?? list.appendChild(document.createElement("li"));
        write(chip, word.length > 24 ? `${word.slice(0, 24)}…` : word);
        chip.dataset.surplus = String(index >= this.most);
      });
    }

    drawExplanation() {
      const count = tokens(this.fields.explanation.value).length;
      const place = this.part("explanation-count");
      write(place, `${count}/${this.explanationMost} ${place.dataset.word}`);
      place.dataset.long = String(count > this.explanationMost);
    }

    /* The draft */
    typed() {
      this.draw();
      clearTimeout(this.pause);
      if (this.dirty && !this.shut) {
        this.pause = setTimeout(() => this.save(), IDLE);
        this.keep();
      }
      this.show();
    }

    save() {
      clearTimeout(this.pause);
      if (!this.dirty || this.shut || this.root.dataset.conflict === "1" || this.waiting) { this.show(); return; }
      const form = document.querySelector("[data-slogan-draft]");
      const values = this.values();
      for (const name of FIELDS) form.elements[name].value = values[name];
      this.sign(form, values);
      form.requestSubmit();
      this.show();
    }

    /* Marks a form that is about to be sent: what it was written on, and a number its answer comes back with. */
    sign(form, values) {
      clearTimeout(this.pause);
      const serial = `${TAB}-${++this.serial}`;
      form.elements.serial.value = serial;
      form.elements.revision.value = String(this.base);
      this.sent.set(serial, values);
      this.waiting = serial;
      clearTimeout(this.patience);
      this.patience = setTimeout(() => { this.waiting = null; this.failed = true; this.show(); this.save(); }, PATIENCE);
    }

    answered() {
      const [serial, revision] = (this.root.dataset.ack ?? "").split(":");
      if (this.sent.has(serial)) {
        this.base = Number(revision);
        this.stored = this.sent.get(serial);
        this.over(serial);
        this.failed = false;
        if (this.dirty) this.typed(); else this.forget();
      }
      const refused = this.root.dataset.refused;
      if (this.sent.has(refused)) { this.over(refused); this.failed = true; this.keep(); }
      this.show();
    }

    /* Answers come in the order of what was sent. */
    over(serial) {
      for (const earlier of [...this.sent.keys()]) {
        this.sent.delete(earlier);
        if (earlier === serial) break;
      }
      if (this.waiting !== serial && this.sent.has(this.waiting)) return;
      this.waiting = null;
      clearTimeout(this.patience);
    }

    /* Somebody's newer draft came with the page: taken when nothing is typed here, else the next save is a conflict. */
    refreshed() {
      const revision = Number(this.root.dataset.revision);
      if (revision <= this.base || this.waiting || this.dirty) return;
      this.base = revision;
      this.put(this.defaults());
      this.stored = this.defaults();
      this.show();
    }

    /* A conflict was settled: what is in the fields is written on the other's revision now. */
    settle(takeTheirs) {
      const theirs = this.part("theirs").dataset;
      if (takeTheirs) {
        this.put({ text: theirs.text, explanation: theirs.explanation, author: theirs.author,
          author_public: theirs.public === "1" ? "on" : "" });
        this.stored = this.values();
        this.forget();
      }
      this.base = Number(theirs.revision);
      this.failed = false;
      this.pause = setTimeout(() => this.save(), 300);
    }

    show() {
      this.root.dataset.saved =
        this.waiting ? "saving" : this.dirty ? (this.failed ? "failed" : "dirty") : "clean";
      const readOnly = this.shut;
      for (const name of FIELDS) {
        if (this.fields[name].type === "checkbox") this.fields[name].disabled = readOnly;
        else this.fields[name].readOnly = readOnly;
      }
      const copy = this.part("copy");
      if (copy) copy.dataset.copy = this.fields.text.value;
    }

    /* What is not on the server yet stays in this browser, to be found after a reload. */
    get key() { return `cchc-slogan-${this.root.dataset.slot}`; }
    keep() {
      try { localStorage.setItem(this.key, JSON.stringify({ ...this.values(), base: this.base })); } catch { /* private */ }
    }
    forget() { try { localStorage.removeItem(this.key); } catch { /* private */ } }
    kept() {
      try { return JSON.parse(localStorage.getItem(this.key) ?? "null"); } catch { return null; }
    }

    rescue() {
      const kept = this.kept();
      if (!kept) return;
      const { base, ...values } = kept;
      if (JSON.stringify(values) === JSON.stringify(this.stored)) { this.forget(); return; }
      if (base === this.base && !this.shut) {
        this.put(values);
        this.pause = setTimeout(() => this.save(), IDLE);
        return;
      }
      this.kept_values = values;
      write(this.part("rescued"), values.text);
      this.root.dataset.rescue = "1";
    }

    takeRescued(use) {
      delete this.root.dataset.rescue;
      if (use) { this.put(this.kept_values); this.typed(); } else this.forget();
    }

    passed() {
      this.root.dataset.passed = "1";
      if (this.dirty) this.keep();
      clearTimeout(this.pause);
      this.show();
    }
  }

  let editor = null;
  const find = () => {
    const root = document.querySelector("[data-slogan-editor]");
    if (root === (editor?.root ?? null)) return;
    clearTimeout(editor?.pause);
    editor = root && new Editor(root);
  };
  const mine = (event) => editor?.root.contains(event.target);

  document.addEventListener("input", (event) => { if (mine(event)) editor.typed(); });
  document.addEventListener("focusout", (event) => { if (mine(event)) editor.save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) editor?.save(); });
  addEventListener("online", () => editor?.save());
  addEventListener("beforeunload", () => { if (editor?.dirty) editor.keep(); });
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[data-slogan-form]") && editor) editor.sign(event.target, editor.values());
  }, true);
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-slogan-do], [data-on-deadline]");
    if (!target || !editor) return;
    if (target.dataset.onDeadline) { editor.passed(); return; }
    ({ save: () => editor.save(), theirs: () => editor.settle(true), mine: () => editor.settle(false),
      rescue: () => editor.takeRescued(true), discard: () => editor.takeRescued(false) })[target.dataset.sloganDo]();
  }, true);

  /* A code scanned with the page's address fills the field, also after signing in, and leaves the address. */
  const CODE = "cchc-unit-code";
  const scanned = () => {
    const code = decodeURIComponent(location.hash.slice(1));
    if (!location.pathname.endsWith("/khau-hieu/ma")) return;
    try {
      if (code) sessionStorage.setItem(CODE, code);
      const field = document.querySelector("[data-unit-code]");
      if (field && !field.value) field.value = sessionStorage.getItem(CODE) ?? "";
      if (field) sessionStorage.removeItem(CODE);
    } catch { /* private browsing: typed by hand then */ }
    if (code) history.replaceState(history.state, "", location.pathname + location.search);
  };

  const changed = (changes) => {
    if (changes.some((change) => change.type === "childList")) { find(); scanned(); }
    if (!editor) return;
    for (const { target, attributeName } of changes) {
      if (target !== editor.root) continue;
      if (attributeName === "data-ack" || attributeName === "data-refused") editor.answered();
      // React writes the fields' defaults in the same turn, maybe after this attribute.
      if (attributeName === "data-revision") setTimeout(() => editor?.refreshed(), 0);
      if (attributeName === "data-open" || attributeName === "data-deadline-ms") {
        delete editor.root.dataset.passed;
        editor.show();
      }
      if (attributeName === "data-conflict") editor.show();
    }
  };
  new MutationObserver(changed).observe(document.documentElement, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-ack", "data-refused", "data-revision", "data-open", "data-deadline-ms", "data-conflict"] });
  find();
  scanned();

  /* What is typed in the last seconds is saved before they are over. */
  setInterval(() => {
    const left = Number(document.querySelector("[data-slogan-clock]")?.dataset.left);
    if (editor?.dirty && left > 0 && left < LAST_MOMENT) editor.save();
  }, 500);
})();
