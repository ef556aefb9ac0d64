// Reads the page's live parts again whenever something has happened, while somebody sees the page.
"use strict";
const pause = 2000; // ms between two reads: a busy class must not keep the server busy
let events = null, due = false, rest = Promise.resolve();

// listen keeps a connection, of which a browser has few, only while the page is seen.
function listen() {
  if (events || document.hidden) return;
  events = new EventSource(document.body.dataset.live);
  events.addEventListener("happened", refresh);
}
function hush() { events?.close(); events = null; }

// refresh reads once more: at once, or when the read before has rested.
function refresh() {
  if (due) return;
  due = true;
  rest = rest.then(async () => {
    due = false;
    if (!document.hidden) await read();
    listen();
    await new Promise((over) => { setTimeout(over, pause); });
  });
}
async function read() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!now) continue;
      const open = [...part.querySelectorAll("details")].map((each) => each.open);
      now.querySelectorAll("details").forEach((each, i) => { each.open = open[i] ?? each.open; });
      if (now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
    document.body.dataset.live = fresh.body.dataset.live ?? document.body.dataset.live; // what is shown, for who listens anew
  } catch { /* the next event, or the next look at the page, tries again */ }
}
document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); else refresh(); });
addEventListener("pagehide", hush);
addEventListener("pageshow", (e) => { if (e.persisted) refresh(); });
listen();
