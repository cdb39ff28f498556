/** What stands where nothing has been said yet; with the bot, what to try. */

import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { channelTitle, isBotChannel } from "./sidebar.js";

/** The last word of a command, whatever its prefix, and what to type after it. */
const EXAMPLES = [["health", "acme"], ["churn", ""], ["mrr", ""], ["latido", ""]];

/**
 * @param {Object} channel
 * @param {Object} store
 * @param {Object} ctx
 * @param {(text: string) => void} onTry
 */
export function emptyConversation(channel, store, ctx, onTry) {
  const name = channelTitle(channel, store);
  const other = store.users.get(channel.with);
  const withBot = isBotChannel(channel, store);
  const key = withBot ? "startBot" : channel.kind === "im" ? "startPerson" : "startChannel";
  return el("div", { class: "start" }, other ? avatar(other, "huge") : null, el("h2", {}, name), el("p", {}, ctx.t(key, { name })), withBot ? chips(store.commands, ctx, onTry) : null);
}

function chips(commands, ctx, onTry) {
  const texts = EXAMPLES.flatMap(([word, rest]) => {
    const found = commands.find(({ command }) => command.endsWith(word));
    return found ? [`${found.command} ${rest}`.trim()] : [];
  });
  if (texts.length === 0) return null;
  const buttons = texts.map((text) => el("button", { class: "try-chip", type: "button", on: { click: () => onTry(text) } }, text));
  return el("div", { class: "try" }, el("h3", {}, ctx.t("tryThese")), el("div", { class: "try-chips" }, buttons));
}
