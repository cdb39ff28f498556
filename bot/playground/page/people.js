/** Who one acts as. */

import { avatar } from "./avatar.js";
import { dialogHead, openDialog } from "./dialogs.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { membershipForm } from "./membership.js";
import { languageOf } from "./strings.js";

/** What a person is here: admin, member, guest or customer. */
export function roleOf(user) {
  if (user.external) return "outsider";
  if (user.guest) return "guest";
  return { admin: "admin", owner: "owner", guest: "guest", outsider: "outsider", customer: "outsider", external: "outsider" }[user.role] ?? "member";
}

/** The role as a small badge. */
export function roleBadge(user, ctx) {
  const role = roleOf(user);
  return el("span", { class: `badge badge-${role}` }, ctx.t(role));
}

/**
 * The dialog to become somebody else.
 * @param {Object} store
 * @param {Object} ctx
 * @param {(userId: string) => void} onChoose
 * @param {(what: Object) => Promise<void>} onHappen
 */
export function openPeople(store, ctx, onChoose, onHappen) {
  const people = [...store.users.values()].filter((user) => !user.is_bot && !user.deleted);
  const choose = (id) => {
    close();
    onChoose(id);
  };
  const happen = async (what) => {
    close();
    await onHappen(what);
  };
  const rows = people.map((user) => personRow(user, store.me.id === user.id, ctx, choose));
  const list = el("div", { class: "people", role: "listbox", "aria-label": ctx.t("actAsTitle") }, rows);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
  });
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": "people-title" },
    dialogHead(ctx.t("actAsTitle"), ctx.t("close"), () => close(), "people-title"),
    el("div", { class: "dialog-body" }, el("p", { class: "muted" }, ctx.t("actAsIntro")), list, membershipForm(store, ctx, happen)),
  );
  const close = openDialog(dialog, () => close());
  (rows.find((row) => row.getAttribute("aria-selected") === "true") ?? rows[0])?.focus();
}

function personRow(user, current, ctx, choose) {
  return el(
    "button",
    { class: "person-row", type: "button", role: "option", "aria-selected": String(current), dataset: { user: user.id }, on: { click: () => choose(user.id) } },
    avatar(user, "large"),
    el("span", { class: "person-words" }, el("strong", {}, user.real_name || user.name), el("small", {}, user.email ?? `@${user.name}`)),
    el("span", { class: "person-tags" }, roleBadge(user, ctx), el("small", { class: "muted" }, ctx.t(`lang_${languageOf(user.locale)}`))),
    current ? icon("check") : el("span", { class: "icon" }),
  );
}
