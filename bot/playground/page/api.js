/** The page's side of the protocol: every request names who is acting. */

/** The playground could not be reached, or answered with something that is no answer. */
export class Unreachable extends Error {}

/**
 * The requests of one acting person.
 * @param {string} actor user id; empty lets the server choose the first person
 */
export function createApi(actor) {
  const get = (path, params = {}) => request(`${path}?${query({ as: actor, ...params })}`);
  const post = (path, body) => request(path, "POST", { as: actor, ...body });
  return {
    state: () => get("/page/state"),
    conversation: (channel, thread) => get("/page/conversation", { channel, thread }),
    send: (channel, text, thread) => post("/page/send", { channel, text, thread_ts: thread }),
    action: (payload) => post("/page/action", payload),
    options: (payload) => post("/page/options", payload),
    modal: () => get("/page/modal"),
    submitView: (viewId, state) => post("/page/view/submit", { view_id: viewId, state }),
    closeView: (viewId, all) => post("/page/view/close", { view_id: viewId, all }),
    home: (open) => get("/page/home", { open: open ? "1" : undefined }),
    happen: (what) => post("/page/people", what),
    addFault: (fault) => post("/page/faults", fault),
    clearFaults: () => request("/page/faults", "DELETE"),
    eventsUrl: `/page/events?${query({ as: actor })}`,
    fileUrl: (id) => `/files/${encodeURIComponent(id)}?${query({ as: actor })}`,
  };
}

function query(params) {
  const known = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return new URLSearchParams(known).toString();
}

async function request(url, method = "GET", body = undefined) {
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
  } catch (problem) {
    throw new Unreachable(String(problem));
  }
  const answer = await response.json().catch(() => null);
  if (answer === null || (!response.ok && method === "GET")) throw new Unreachable(`HTTP ${response.status}`);
  return response.ok ? answer : { ok: false, error: answer.error ?? answer.detail ?? `HTTP ${response.status}`, ...answer };
}
