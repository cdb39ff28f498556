/** What happens to people: deactivated and back, out of a channel and into it. */

import { el } from "./dom.js";

const WHAT = ["leave", "join", "deactivate", "reactivate"];

/**
 * The form at the end of the people dialog.
 * @param {Object} store
 * @param {Object} ctx
 * @param {(what: Object) => Promise<void>} onHappen
 */
export function membershipForm(store, ctx, onHappen) {
  const people = [...store.users.values(), ...store.deactivated].filter((user) => !user.is_bot);
  const channels = store.channels.filter((channel) => channel.kind !== "im");
  const user = choice("comeGoWho", people.map((each) => [each.id, each.real_name || each.name]), ctx);
  const what = choice("comeGoWhat", WHAT.map((name) => [name, ctx.t(`comeGo_${name}`)]), ctx);
  const channel = choice("comeGoChannel", channels.map((each) => [each.id, `#${each.name}`]), ctx);
  const fit = () => {
    channel.row.hidden = !["leave", "join"].includes(what.input.value);
  };
  what.input.addEventListener("change", fit);
  fit();
  const form = el("form", { class: "fault-form" }, el("h3", {}, ctx.t("comeGo")), user.row, what.row, channel.row, el("button", { class: "button", type: "submit" }, ctx.t("comeGoDo")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await onHappen({ user: user.input.value, what: what.input.value, channel: channel.row.hidden ? "" : channel.input.value });
  });
  return form;
}

function choice(label, options, ctx) {
  const input = el("select", { class: "input" }, options.map(([value, text]) => el("option", { value }, text)));
  return { input, row: el("label", { class: "fault-field" }, ctx.t(label), input) };
}
