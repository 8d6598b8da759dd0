// Keeps a page that changes up to date: it asks for itself again, and takes over what is different.
"use strict";

(() => {
  const main = document.getElementById("main");
  const notice = document.getElementById("notice");
  const longest = 30000;
  let etag = "", timer = 0, failures = 0;

  const pause = () => Number(main.dataset.refresh) * (1 + Math.min(failures, 5));

  function schedule() {
    clearTimeout(timer);
    if (pause() && !document.hidden) timer = setTimeout(refresh, Math.min(pause(), longest));
  }

  async function refresh() {
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(location.href, { headers, cache: "no-store", redirect: "error" });
      failures = 0;
      notice.textContent = "";
      if (answer.status === 401) return end("The session has ended. Run: amlrest local ui");
      if (answer.status === 404) return end("This is no longer there.");
      if (answer.status === 200) show(await answer.text(), answer.headers.get("ETag") || "");
    } catch {
      failures += 1;
      notice.textContent = "The local workspace does not answer. Is it running? (amlrest local status)";
    }
    schedule();
  }

  function end(text) {
    notice.textContent = text;
  }

  function show(text, version) {
    const found = new DOMParser().parseFromString(text, "text/html");
    const next = found.getElementById("main");
    if (!next) return;
    etag = version;
    const focused = document.activeElement;
    const left = new Set([...main.querySelectorAll("[data-tail]")].filter((box) => !isAtEnd(box)));
    document.title = found.title;
    update(main, next);
    [...main.querySelectorAll("[data-tail]")].filter((box) => !left.has(box)).forEach(toEnd);
    if (focused && focused !== document.activeElement && focused.isConnected) {
      focused.focus({ preventScroll: true });
    }
  }

  const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 8;
  const toEnd = (box) => { box.scrollTop = box.scrollHeight; };

  function keyOf(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    return node.dataset.key || node.getAttribute("aria-labelledby") || node.id;
  }

  // Changes a node in place, so that focus, selection, scrolling and typed text stay.
  function update(old, next) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data === next.data) return;
      if (next.data.startsWith(old.data)) old.appendData(next.data.slice(old.data.length));
      else old.data = next.data;
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    updateChildren(old, next);
  }

  // Nodes are moved only where keys have another order: moving one would end a selection in it.
  function updateChildren(old, next) {
    const wantedKeys = new Set([...next.childNodes].map(keyOf).filter(Boolean));
    for (const node of [...old.childNodes]) {
      if (keyOf(node) && !wantedKeys.has(keyOf(node))) node.remove();
    }
    const keyed = new Map([...old.childNodes].filter(keyOf).map((node) => [keyOf(node), node]));
    let place = old.firstChild;
    for (const wanted of next.childNodes) {
      const match = keyOf(wanted) ? keyed.get(keyOf(wanted)) : alike(place, wanted);
      if (!match || match.nodeName !== wanted.nodeName) {
        old.insertBefore(document.importNode(wanted, true), place);
        continue;
      }
      if (isNext(match, place)) while (place !== match) place = removed(place);
      if (match === place) place = place.nextSibling;
      else old.insertBefore(match, place);
      update(match, wanted);
    }
    while (place) place = removed(place);
  }

  // Finds the node that became another one without a key; those before it are no longer wanted.
  function alike(node, wanted) {
    const isText = wanted.nodeType === Node.TEXT_NODE;
    for (; node && !keyOf(node); node = node.nextSibling) {
      if (node.nodeName === wanted.nodeName && node.className === wanted.className) return node;
      if (isText) return null;
    }
    return null;
  }

  // Tells whether only nodes without a key come before a node, which are no longer wanted.
  function isNext(node, place) {
    while (place && place !== node && !keyOf(place)) place = place.nextSibling;
    return place === node;
  }

  function removed(node) {
    const after = node.nextSibling;
    node.remove();
    return after;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (pause()) refresh();
  });
  main.querySelectorAll("[data-tail]").forEach(toEnd);
  schedule();
})();
