/* The little that must run in the browser beside the pages: clocks, grouping of typed numbers, copying, text size.
   It only writes into elements whose children the pages leave empty, or attributes they do not set, so redrawing is safe. */
(() => {
  "use strict";
  const root = document.documentElement;
  const SCALES = [0.875, 1, 1.125, 1.25, 1.5];
  const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  // "300000:words|60000:words", written on <html> by the pages.
  const ANNOUNCED = (root.dataset.announce ?? "").split("|").filter(Boolean).map((entry) => {
    const [threshold, words] = entry.split(":");
    return [Number(threshold), words];
  });

  /* Text size */
  const stored = () => { try { return Number(localStorage.getItem("cchc-scale") ?? 1); } catch { return 1; } };
  let step = Math.max(0, Math.min(SCALES.length - 1, stored() || 0));
  const applyScale = () => root.style.setProperty("--scale", SCALES[step]);
  applyScale();

  /* Clocks: the server's now, carried on by the browser's steady clock, which nobody can set. */
  const offsets = new WeakMap();
  const pad = (n) => String(n).padStart(2, "0");
  const say = (text) => {
    let region = document.getElementById("cchc-announcer");
    if (!region) {
      region = Object.assign(document.createElement("div"), { id: "cchc-announcer", className: "sr-only" });
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  };
  const write = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  const remaining = (element) => {
    const { deadline, serverNow } = element.dataset;
    if (!Number(deadline)) return null;
    let known = offsets.get(element);
    if (!known || known.serverNow !== serverNow) {
      known = { serverNow, offset: (Number(serverNow) || Date.now()) - performance.now(), last: Infinity };
      offsets.set(element, known);
    }
    return { known, left: Math.max(0, Number(deadline) - known.offset - performance.now()) };
  };

  const tick = () => {
    for (const element of document.querySelectorAll("[data-deadline]")) {
      const state = remaining(element);
      if (!state) continue;
      const { known, left } = state;
      const total = Math.ceil(left / 1000);
      const minutes = Math.floor(total / 60);
      write(element.querySelector("[data-countdown-text]"), `${pad(minutes)}:${pad(total % 60)}`);
      drawBoxes(element, left);
      writeLeft(element, left);
      const near = left <= MINUTE ? "2" : left <= 5 * MINUTE ? "1" : "0";
      if (element.dataset.near !== near) element.dataset.near = near;
      if (element.getAttribute("role") === "timer" && !element.dataset.words) {
        for (const [threshold, words] of ANNOUNCED) {
          if (known.last > threshold && known.last !== Infinity && left <= threshold) say(words);
        }
      }
      known.last = left;
    }
  };

  /* What is left in two units, the larger one first; the milliseconds for other scripts where a page asks for them. */
  const writeLeft = (element, left) => {
    if ("left" in element.dataset) element.dataset.left = String(Math.round(left));
    const place = element.querySelector("[data-left-text]");
    if (!place) return;
    const [days, hours, minutes, seconds] = element.dataset.words.split("|");
    const total = Math.ceil(left / 1000);
    write(place, left >= DAY
      ? `${Math.floor(left / DAY)} ${days} ${pad(Math.floor(left / HOUR) % 24)} ${hours}`
      : left >= HOUR
        ? `${Math.floor(left / HOUR)} ${hours} ${pad(Math.floor(left / MINUTE) % 60)} ${minutes}`
        : `${pad(Math.floor(total / 60))} ${minutes} ${pad(total % 60)} ${seconds}`);
  };

  /* A page may bring a script of its own; it stays for the pages that follow. */
  const bring = () => {
    for (const { dataset: { script } } of document.querySelectorAll("[data-script]")) {
      if (!document.querySelector(`script[src="${script}"]`)) {
        document.head.append(Object.assign(document.createElement("script"), { src: script }));
      }
    }
  };

  /* What stands behind the # of an address goes into the form that asks for it: no server and no log has seen it. */
  const takeFragment = () => {
    const said = location.hash.slice(1);
    for (const input of document.querySelectorAll("input[data-fragment]")) {
      if (input.value !== said) setValue.call(input, said);
    }
  };

  /* A page may ask to be told, once, when a deadline has passed by the server's clock. */
  const passed = new WeakMap();
  const knock = () => {
    for (const element of document.querySelectorAll("[data-on-deadline]")) {
      const deadline = Number(element.dataset.onDeadline);
      const clock = document.querySelector(`[data-deadline="${deadline}"]`);
      const state = deadline && clock ? remaining(clock) : null;
      if (!state || state.left > 0 || passed.get(element) === deadline) continue;
      passed.set(element, deadline);
      element.click();
    }
  };

  const drawBoxes = (element, left) => {
    const boxes = element.querySelectorAll("[data-count]");
    if (!boxes.length) return;
    const [days, hours, minutes, seconds] = element.dataset.words.split("|");
    const total = Math.ceil(left / 1000);
    const parts = left >= DAY
      ? [[Math.floor(left / DAY), days], [Math.floor(left / HOUR) % 24, hours], [Math.floor(left / MINUTE) % 60, minutes]]
      : [[Math.floor(total / 3600), hours], [Math.floor(total / 60) % 60, minutes], [total % 60, seconds]];
    boxes.forEach((box, index) => {
      write(box, index === 0 && left >= DAY ? String(parts[0][0]) : pad(parts[index][0]));
      write(box.nextElementSibling, parts[index][1]);
    });
  };

  /* What is searched for stands in the address, so that it can be sent to somebody; the page itself stays. */
  document.addEventListener("input", (event) => {
    const name = event.target.dataset?.query;
    if (!name) return;
    const address = new URL(location.href);
    address.searchParams.delete("trang");
    if (event.target.value.trim()) address.searchParams.set(name, event.target.value.trim());
    else address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  });

  /* A line that changed its place goes there instead of jumping; not for who asked for less motion. */
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const places = new WeakMap();
  const settle = (list) => {
    for (const line of list.children) {
      const before = places.get(line), now = { x: line.offsetLeft, y: line.offsetTop };
      places.set(line, now);
      if (!before || calm.matches || document.hidden || getComputedStyle(line).position === "sticky") continue;
      const x = before.x - now.x, y = before.y - now.y;
      if ((x || y) && Math.abs(y) < innerHeight)
        line.animate([{ transform: `translate(${x}px,${y}px)` }, { transform: "none" }], { duration: 200, easing: "ease-out" });
    }
  };
  new MutationObserver((changes) => {
    const lists = new Set(changes.map(({ target }) => target.closest?.("[data-flip]")).filter(Boolean));
    for (const list of document.querySelectorAll("[data-flip]")) if (lists.has(list) || !places.has(list.firstElementChild)) settle(list);
  }).observe(document, { childList: true, subtree: true });

  /* Citizen ID: groups 3-1-2-6, or 3-3-3 for nine digits; typed, pasted or corrected in the middle. */
  const GROUPS = [3, 4, 6];
  const group = (digits) => [...digits].map((digit, at) => (GROUPS.includes(at) ? " " : "") + digit).join("");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const groupCitizenId = (input) => {
    const raw = input.value;
    const compact = raw.replace(/[\s.\-\u200b]/g, "");
    // What is not plain digits stays as typed: the server says what is wrong with it.
    if (!/^\d{1,12}$/.test(compact)) return;
    const grouped = group(compact);
    if (grouped === raw) return;
    const before = raw.slice(0, input.selectionStart ?? raw.length).replace(/\D/g, "").length;
    setValue.call(input, grouped);
    let caret = 0, seen = 0;
    while (caret < grouped.length && seen < before) if (grouped[caret++] !== " ") seen += 1;
    input.setSelectionRange(caret, caret);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  /* A date typed or pasted as digits alone gets its slashes; one typed with separators stays as typed. */
  const slashDate = (input) => {
    const parts = input.value.match(/^(\d{2})\/?(\d{1,2})\/?(\d{0,4})$/);
    if (!parts || input.selectionStart !== input.value.length) return;
    const [raw, day, month, year] = parts;
    const slashed = raw.length < 3 ? raw : [day, month, year].filter(Boolean).join("/");
    if (slashed !== raw && /^\d{3}$|^\d{2}\/\d{3}$|^\d{8}$/.test(raw)) setValue.call(input, slashed);
  };
  const showPin = (input) => {
    const holder = input.closest(".pin");
    if (holder) holder.dataset.filled = String(Math.min(6, input.value.length));
  };

  const showComplete = (holder) => {
    const input = document.getElementById(holder.dataset.completeFor);
    write(holder, input && /^\d{12}$/.test(input.value.replace(/[\s.\-]/g, "")) ? holder.dataset.complete : "");
  };

  /* A long list of radio buttons, narrowed as one types, accents aside: to entries with the typed words in a row, or,
     when there are none, to those where every typed word begins a word. */
  const words = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d")
    .split(/[^a-z0-9]+/).filter(Boolean);
  const entries = (picker) => [...picker.querySelectorAll("[data-key]")];
  const narrow = (search) => {
    const picker = search.closest("[data-picker]");
    const typed = words(search.value);
    const known = new Map(entries(picker).map((entry) => [entry, words(entry.dataset.key)]));
    const inRow = ([, its]) => ` ${its.join(" ")}`.includes(` ${typed.join(" ")}`);
    const scattered = ([, its]) => typed.every((begin) => its.some((word) => word.startsWith(begin)));
    const fits = [...known].some(inRow) ? inRow : scattered;
    for (const pair of known) pair[0].hidden = !fits(pair);
    for (const part of picker.querySelectorAll("[role=group]")) part.hidden = !part.querySelector("[data-key]:not([hidden])");
    const left = entries(picker).filter((entry) => !entry.hidden).length;
    const count = picker.querySelector("[data-picker-count]");
    const { pickerCount, pickerNone } = count.dataset;
    write(count, !typed.length ? "" : left ? `${left} ${pickerCount}` : pickerNone);
  };
  const showPicked = (radio) => {
    const shown = radio.closest("[data-picker]")?.querySelector("[data-picked]");
    write(shown, `${shown?.dataset.picked} ${radio.closest("[data-key]").textContent}`);
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if ("citizenId" in input.dataset && !event.isComposing) groupCitizenId(input);
    if ("date" in input.dataset && !event.isComposing) slashDate(input);
    if ("pin" in input.dataset) showPin(input);
    if ("pickerSearch" in input.dataset) narrow(input);
    if (input.type === "radio" && input.closest("[data-picker]")) showPicked(input);
  });

  document.addEventListener("keydown", (event) => {
    // Enter in the search of a list takes the only entry left; it never sends the form.
    if (event.key !== "Enter" || event.isComposing || !("pickerSearch" in (event.target.dataset ?? {}))) return;
    event.preventDefault();
    const left = entries(event.target.closest("[data-picker]")).filter((entry) => !entry.hidden);
    if (left.length === 1) left[0].querySelector("input").click();
  });

  /* A page may send the browser on by a whole page load, once: what it receives there is a cookie. */
  const GONE = "cchc-gone";
  const followed = () => { try { return sessionStorage.getItem(GONE); } catch { return null; } };
  const go = (path) => {
    if (!path?.startsWith("/") || path === followed()) return;
    try { sessionStorage.setItem(GONE, path); } catch { /* the server refuses a second use anyway */ }
    location.assign(path);
  };

  /* A form moves the focus to its first wrong field after a refusal, to the heading of a step that has just come. */
  const visible = (element) => element.offsetParent !== null;
  const moveFocus = (form, refused) => {
    const wrong = refused && [...form.querySelectorAll("[aria-invalid=true]")].find(visible);
    (wrong || (form.dataset.step && [...form.querySelectorAll("[data-step-heading]")].find(visible)))?.focus();
  };
  new MutationObserver((changes) => {
    const forms = new Map();
    for (const { target, attributeName } of changes) {
      if (attributeName === "data-go") go(target.dataset.go);
      else forms.set(target, forms.get(target) || attributeName === "data-refusals");
    }
    forms.forEach((refused, form) => moveFocus(form, refused));
  }).observe(root, { subtree: true, attributes: true, attributeFilter: ["data-go", "data-step", "data-refusals"] });

  document.addEventListener("click", async (event) => {
    const target = event.target.closest?.("[data-copy],[data-scale],[data-print]");
    if (!target) return;
    if ("print" in target.dataset) { print(); return; }
    if (target.dataset.scale) {
      step = Math.max(0, Math.min(SCALES.length - 1, step + Number(target.dataset.scale)));
      applyScale();
      try { localStorage.setItem("cchc-scale", String(step)); } catch { /* private browsing: this page only */ }
      return;
    }
    try {
      await navigator.clipboard.writeText(target.dataset.copy);
      say(target.dataset.copied);
      target.dataset.done = target.dataset.copied;
      setTimeout(() => delete target.dataset.done, 2000);
    } catch { /* no clipboard here: the text stays selectable */ }
  });

  /* A file that is too large is refused before it leaves. */
  document.addEventListener("change", ({ target }) => {
    const most = Number(target.dataset?.maxBytes);
    if (most) target.setCustomValidity(target.files[0]?.size > most ? target.dataset.tooLarge : "");
  });

  /* What a page waits for is asked for again every second. */
  setInterval(() => document.querySelectorAll("[data-poll]").forEach((element) => element.click()), 1000);

  /* The browser knows of a dead line before the socket does. */
  const line = () => { root.dataset.line = navigator.onLine ? "up" : "down"; };
  addEventListener("online", line);
  addEventListener("offline", line);
  line();

  const each = () => { bring(); tick(); knock(); takeFragment(); document.querySelectorAll("[data-pin]").forEach(showPin);
    document.querySelectorAll("[data-complete-for]").forEach(showComplete); };
  each();
  setInterval(each, 250);
})();
