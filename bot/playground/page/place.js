/** Where the person is, kept in the address, and who they are, kept for the next visit. */

const KEY = "latido-as";

/**
 * @typedef {{actor: string, channel: string|null, tab: "messages"|"home", thread: string|null}} Place
 */

/** The place the address names; the actor of the last visit if it names none. */
export function readPlace() {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    actor: params.get("as") || localStorage.getItem(KEY) || "",
    channel: params.get("channel"),
    tab: params.get("tab") === "home" ? "home" : "messages",
    thread: params.get("thread"),
  };
}

/** Write the place into the address, as a step of the browser's history. */
export function writePlace(actor, { channel, tab, thread }) {
  const params = new URLSearchParams({ as: actor });
  if (channel) params.set("channel", channel);
  if (tab === "home") params.set("tab", tab);
  if (thread) params.set("thread", thread);
  const hash = `#${params}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
}

/** Remember who one is. */
export function rememberActor(actor) {
  localStorage.setItem(KEY, actor);
}
